import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";

const token =
  /```([\s\S]*?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])|:([a-z0-9_+-]+):/g;

const decode = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Slack's own markup as nodes. `names` are the people and channels by id. */
export function mrkdwn(text, names) {
  return text.split(/(```[\s\S]*?```)/).flatMap((part) => (part.startsWith("```") ? inline(part, names) : quoted(part, names)));
}

function quoted(text, names) {
  const nodes = [];
  let quote;
  for (const line of text.split("\n")) {
    const isQuote = line.startsWith("&gt;") || line.startsWith(">");
    if (isQuote) {
      quote ??= el("blockquote");
      quote.append(...(quote.childNodes.length > 0 ? [el("br")] : []), ...inline(line.replace(/^(&gt;|>) ?/, ""), names));
      if (!nodes.includes(quote)) nodes.push(quote);
    } else {
      if (nodes.length > 0 && quote === undefined) nodes.push(el("br"));
      quote = undefined;
      nodes.push(...inline(line, names));
    }
  }
  return nodes;
}

function inline(text, names) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > from) nodes.push(decode(text.slice(from, match.index)));
    from = match.index + match[0].length;
    nodes.push(toNode(match, names));
  }
  if (from < text.length) nodes.push(decode(text.slice(from)));
  return nodes;
}

function toNode([whole, fence, code, angle, bold, italic, struck, name], names) {
  if (fence !== undefined) return el("pre", {}, decode(fence.replace(/^\n/, "")));
  if (code !== undefined) return el("code", {}, decode(code));
  if (angle !== undefined) return reference(angle, names);
  if (bold !== undefined) return el("strong", {}, inline(bold, names));
  if (italic !== undefined) return el("em", {}, inline(italic, names));
  if (struck !== undefined) return el("s", {}, inline(struck, names));
  return emojiOf(name) ?? whole;
}

function reference(inside, names) {
  const bar = inside.indexOf("|");
  const [target, label] = bar < 0 ? [inside, undefined] : [inside.slice(0, bar), inside.slice(bar + 1)];
  if (target.startsWith("@")) return el("span", { class: "mention" }, `@${names[target.slice(1)] ?? label ?? target.slice(1)}`);
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${names[target.slice(1)] ?? label ?? target.slice(1)}`);
  if (target.startsWith("!date^")) return el("time", {}, dateText(target, label));
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${label ?? target.slice(1)}`);
  return link(decode(target), decode(label ?? target));
}

/** `!date^1392734382^{date_short} at {time}`, in the reader's own zone. */
function dateText(target, fallback) {
  const [, seconds, format = ""] = target.split("^");
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return fallback ?? target;
  const day = date.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" });
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return format.replace(/\{(time(?:_secs)?|ago|date[a-z_]*)\}/g, (_, name) =>
    name.startsWith("time") ? time : name === "ago" ? time : day,
  );
}
