import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";

/** One part of a rich_text block. Slack reads no markup in its texts, so neither do we. */
export function richText(part, names) {
  const inside = () => part.elements.map((one) => inline(one, names));
  switch (part.type) {
    case "rich_text_preformatted":
      return el("pre", {}, inside());
    case "rich_text_quote":
      return el("blockquote", {}, el("span", { class: "rich" }, inside()));
    case "rich_text_list":
      return el(
        part.style === "ordered" ? "ol" : "ul",
        { class: part.indent ? `indent-${Math.min(part.indent, 4)}` : undefined, start: part.offset ? part.offset + 1 : undefined },
        part.elements.map((item) => el("li", {}, richText(item, names))),
      );
    default:
      return el("span", { class: "rich" }, inside());
  }
}

const tags = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function inline(one, names) {
  const mention = (text) => el("span", { class: "mention" }, text);
  const plain = {
    text: () => one.text,
    link: () => link(one.url, one.text ?? one.url),
    emoji: () => emojiOf(one.name) ?? `:${one.name}:`,
    user: () => mention(`@${names[one.user_id] ?? one.user_id}`),
    usergroup: () => mention(`@${one.usergroup_id}`),
    channel: () => mention(`#${names[one.channel_id] ?? one.channel_id}`),
    broadcast: () => mention(`@${one.range}`),
    color: () => one.value,
    date: () => el("time", {}, new Date(one.timestamp * 1000).toLocaleString()),
  }[one.type]?.();
  return Object.entries(tags).reduce((node, [style, tag]) => (one.style?.[style] ? el(tag, {}, node) : node), plain ?? "");
}
