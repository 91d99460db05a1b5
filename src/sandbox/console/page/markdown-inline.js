import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";

// Lengths are bounded, so that hostile text cannot make the search quadratic.
const token = new RegExp(
  [
    /\\(?<escaped>[!-/:-@[-`{-~])/,
    /<!--(?<comment>[\s\S]*?)(?:-->|$)/,
    /(?<ticks>`+)(?<code>[^`]|[^`][\s\S]{0,1000}?[^`])\k<ticks>(?!`)/,
    /!?\[(?<label>(?:\\.|[^\]\\\n]){0,300})\]\(<?(?<url>[^)\s>]{0,2000})>?(?:\s+"[^"\n]{0,500}")?\)/,
    /<(?<angled>https?:\/\/[^\s<>]+)>/,
    /(?<bare>https?:\/\/[^\s<>()]*[^\s<>().,;:!?])/,
    /\*\*(?=\S)(?<bold>.{1,500}?)(?<=\S)\*\*/,
    /(?<!\w)__(?=\S)(?<bold2>.{1,500}?)(?<=\S)__(?!\w)/,
    /\*(?=[^\s*])(?<italic>[^*\n]{1,500}?)(?<=\S)\*/,
    /(?<!\w)_(?=[^\s_])(?<italic2>[^_\n]{1,500}?)(?<=\S)_(?!\w)/,
    /~~(?=\S)(?<struck>.{1,500}?)(?<=\S)~~/,
    /<(?<pair>sub|sup|kbd|b|i|strong|em|code)>(?<inside>[\s\S]{0,500}?)<\/\k<pair>>/,
    /<\/?(?<tag>kbd|sub|sup|b|i|strong|em|code|br|p|div)\s*\/?>/,
    /:(?<emoji>[a-z0-9_+-]{1,50}):/,
    /&(?<entity>amp|lt|gt|quot|#\d{1,6}|nbsp);/,
    /(?<![\w`])(?<mention>@[\w-]+(?:\[bot\])?)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

/** GitHub's inline Markdown as nodes; of tags the few that it allows, other markup stays text. */
export function inlineMarkdown(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    nodes.push(...lines(text.slice(from, match.index)));
    from = match.index + match[0].length;
    nodes.push(toNode(match[0], match.groups));
  }
  nodes.push(...lines(text.slice(from)));
  return nodes;
}

/** In a comment a line's end is a line's end. */
const lines = (text) => text.split("\n").flatMap((line, at) => (at === 0 ? [line] : [el("br"), line]));

function toNode(whole, found) {
  const { escaped, comment, code, label, url, pair, inside, tag, emoji, entity, mention } = found;
  const address = found.angled ?? found.bare;
  const bold = found.bold ?? found.bold2;
  const italic = found.italic ?? found.italic2;
  if (escaped !== undefined) return escaped;
  if (comment !== undefined) return "";
  if (code !== undefined) return el("code", {}, code.trim() === "" ? code : code.replace(/^ (.*) $/s, "$1"));
  if (url !== undefined) return link(url, whole.startsWith("!") ? label || "image" : inlineMarkdown(label));
  if (address !== undefined) return link(address, address);
  if (bold !== undefined) return el("strong", {}, inlineMarkdown(bold));
  if (italic !== undefined) return el("em", {}, inlineMarkdown(italic));
  if (found.struck !== undefined) return el("s", {}, inlineMarkdown(found.struck));
  if (pair !== undefined) return el(pair, {}, inlineMarkdown(inside));
  if (tag !== undefined) return tag === "br" ? el("br") : "";
  if (emoji !== undefined) return emojiOf(emoji) ?? whole;
  if (entity !== undefined) return entities[entity] ?? String.fromCodePoint(Math.min(Number(entity.slice(1)), 0x10ffff));
  return el("strong", { class: "mention" }, mention);
}
