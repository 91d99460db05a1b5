import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";

/** Draws the blocks of a message. `onAction` hears of clicks with the block's and the element's JSON. */
export function renderBlocks(blocks, names, onAction) {
  const text = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text, names) : [withEmoji(object.text)]);
  const action = (element, block) => renderAction(element, (value) => onAction(element, block, value));

  const renderers = {
    section: (block) =>
      el(
        "div",
        { class: "block section" },
        el(
          "div",
          { class: "section-text" },
          block.text ? el("div", {}, text(block.text)) : undefined,
          block.fields
            ? el(
                "div",
                { class: "fields" },
                block.fields.map((field) => el("div", {}, text(field))),
              )
            : undefined,
        ),
        block.accessory && block.accessory.type !== "image" ? action(block.accessory, block) : undefined,
      ),
    header: (block) => el("h3", { class: "block" }, withEmoji(block.text.text)),
    divider: () => el("hr"),
    context: (block) =>
      el(
        "div",
        { class: "block context" },
        block.elements.map((one) => el("span", {}, one.type === "image" ? one.alt_text : text(one))),
      ),
    actions: (block) =>
      el(
        "div",
        { class: "block actions" },
        block.elements.map((element) => action(element, block)),
      ),
    markdown: (block) => el("div", { class: "block prose" }, markdown(block.text)),
    rich_text: (block) =>
      el(
        "div",
        { class: "block" },
        block.elements.map((part) => richText(part, names)),
      ),
    table: (block) => renderTable(block, names),
  };
  return blocks.map((block) => renderers[block.type]?.(block) ?? el("p", { class: "block context" }, `(a ${block.type} block)`));
}

const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiOf(name) ?? whole);

function renderAction(element, onPick) {
  if (element.type === "static_select") {
    const options = element.options.map(({ text, value }) => el("option", { value }, text.text));
    const select = el(
      "select",
      { "aria-label": element.placeholder?.text ?? "Choose" },
      el("option", { value: "" }, element.placeholder?.text ?? "Choose…"),
      options,
    );
    select.addEventListener("change", () => select.value && onPick(select.value));
    return select;
  }
  if (element.url) return link(element.url, el("span", { class: "button" }, withEmoji(element.text.text)));
  return el(
    "button",
    { type: "button", class: element.style, "aria-label": element.accessibility_label, onclick: () => onPick(element.value) },
    withEmoji(element.text.text),
  );
}

function renderTable({ rows, column_settings: columns = [] }, names) {
  const cell = (name) => (one, at) => {
    const align = columns[at]?.align;
    const content = one.type === "rich_text" ? one.elements.map((part) => richText(part, names)) : (one.text ?? String(one.value));
    return el(name, { scope: name === "th" ? "col" : undefined, class: align && align !== "left" ? `to-${align}` : undefined }, content);
  };
  const [head = [], ...body] = rows;
  return el(
    "div",
    { class: "block wide" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head.map(cell("th")))),
      el(
        "tbody",
        {},
        body.map((row) => el("tr", {}, row.map(cell("td")))),
      ),
    ),
  );
}

function richText(part, names) {
  const inside = () => part.elements.map((one) => richInline(one, names));
  switch (part.type) {
    case "rich_text_preformatted":
      return el("pre", {}, inside());
    case "rich_text_quote":
      return el("blockquote", {}, inside());
    case "rich_text_list":
      return el(
        part.style === "ordered" ? "ol" : "ul",
        {},
        part.elements.map((item) => el("li", {}, richText(item, names))),
      );
    default:
      return el("span", { class: "rich" }, inside());
  }
}

function richInline(one, names) {
  const plain = {
    text: () => one.text,
    link: () => link(one.url, one.text ?? one.url),
    emoji: () => emojiOf(one.name) ?? `:${one.name}:`,
    user: () => el("span", { class: "mention" }, `@${names[one.user_id] ?? one.user_id}`),
    channel: () => el("span", { class: "mention" }, `#${names[one.channel_id] ?? one.channel_id}`),
    broadcast: () => el("span", { class: "mention" }, `@${one.range}`),
    date: () => el("time", {}, new Date(one.timestamp * 1000).toLocaleString()),
  }[one.type]?.();
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  return Object.entries(tags).reduce((node, [style, tag]) => (one.style?.[style] ? el(tag, {}, node) : node), plain ?? "");
}
