import { renderInput } from "./block-kit-inputs.js";
import { renderChart } from "./chart.js";
import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./rich-text.js";

/**
 * Draws the blocks of a message, a dialog or the App Home. `onAction` hears of clicks with the element's JSON and its value; `filling` is what
 * the inputs of a dialog need.
 */
export function renderBlocks(blocks, names, onAction, filling) {
  const text = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text, names) : [plain(object)]);
  const action = (element) => renderAction(element, (value) => onAction(element, value));
  const each = (list, draw, className) => (list ? el("div", { class: className }, list.map(draw)) : undefined);

  const renderers = {
    section: ({ text: words, fields, accessory }) =>
      el(
        "div",
        { class: "block section" },
        el(
          "div",
          { class: "section-text" },
          words ? el("div", {}, text(words)) : undefined,
          each(fields, (field) => el("div", {}, text(field)), "fields"),
        ),
        accessory && accessory.type !== "image" ? action(accessory) : undefined,
      ),
    header: (block) => el("h3", { class: "block" }, plain(block.text)),
    divider: () => el("hr"),
    context: ({ elements }) => each(elements, (one) => el("span", {}, one.type === "image" ? one.alt_text : text(one)), "block context"),
    input: (block) => renderInput(block, filling),
    actions: ({ elements }) => each(elements, action, "block actions"),
    markdown: (block) => el("div", { class: "block prose" }, markdown(block.text)),
    rich_text: ({ elements }) => each(elements, (part) => richText(part, names), "block"),
    // Nothing foreign is loaded, so a picture is what it is said to show.
    image: (block) => el("p", { class: "block context" }, `(a picture: ${block.alt_text})`),
    table: (block) => renderTable(block, names),
    data_visualization: renderChart,
  };
  return blocks.map((block) => renderers[block.type]?.(block) ?? el("p", { class: "block context" }, `(a ${block.type} block)`));
}

const plain = ({ text, emoji = true }) => (emoji ? text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiOf(name) ?? whole) : text);

function renderAction(element, onPick) {
  const { action_id: id, text } = element;
  if (element.type === "static_select") {
    const label = element.placeholder?.text ?? "Choose…";
    const options = element.options.map((option) => el("option", { value: option.value }, option.text.text));
    const select = el("select", { "aria-label": label, "data-action": id }, el("option", { value: "" }, label), options);
    select.addEventListener("change", () => select.value && onPick(select.value));
    return select;
  }
  if (element.url) {
    const page = link(element.url, el("span", { class: `button ${element.style ?? ""}` }, plain(text)));
    // Slack opens the page and tells the app of the click besides.
    page.addEventListener("click", () => onPick(element.value));
    page.dataset.action = id;
    return page;
  }
  const attributes = { class: element.style, "aria-label": element.accessibility_label, "data-action": id };
  return el("button", { type: "button", ...attributes, onclick: () => onPick(element.value) }, plain(text));
}

function renderTable({ rows, column_settings: columns = [] }, names) {
  const cell = (name) => (one, at) => {
    const align = columns[at]?.align;
    const content = one.type === "rich_text" ? one.elements.map((part) => richText(part, names)) : (one.text ?? String(one.value));
    return el(name, { scope: name === "th" ? "col" : undefined, class: align && align !== "left" ? `to-${align}` : undefined }, content);
  };
  const row = (cells, name) => el("tr", {}, cells.map(cell(name)));
  const [head = [], ...body] = rows;
  const lines = body.map((cells) => row(cells, "td"));
  return el("div", { class: "block wide" }, el("table", {}, el("thead", {}, row(head, "th")), el("tbody", {}, lines)));
}
