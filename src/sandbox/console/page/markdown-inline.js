import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";

const token =
  /\\([\\`*_{}[\]()#+\-.!|~<>@/:])|(`+)([^`]|[^`][\s\S]*?[^`])\2(?!`)|!?\[([^\]\n]*)\]\(<?([^)\s>]*)>?(?:\s+"[^"\n]*")?\)|<(https?:\/\/[^\s<>]+)>|(https?:\/\/[^\s<>()]*[^\s<>().,;:!?])|\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)|\*(?=[^\s*])([^*\n]+?)(?<=\S)\*|(?<!\w)_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)|~~(?=\S)(.+?)(?<=\S)~~|<\/?(kbd|sub|sup|b|i|strong|em|code|br|p|div)\s*\/?>|:([a-z0-9_+-]+):|&(amp|lt|gt|quot|#\d{1,6}|nbsp);|(?<![\w`])(@[\w-]+(?:\[bot\])?)/g;

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

/** GitHub's inline Markdown as nodes; the few tags it allows are dropped or become line breaks, other markup stays text. */
export function inlineMarkdown(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    nodes.push(...lines(text.slice(from, match.index)));
    from = match.index + match[0].length;
    nodes.push(toNode(match));
  }
  nodes.push(...lines(text.slice(from)));
  return nodes;
}

/** In a comment a line's end is a line's end. */
const lines = (text) => text.split("\n").flatMap((line, at) => (at === 0 ? [line] : [el("br"), line]));

function toNode(match) {
  const [whole, escaped, ticks, code, label, url, angled, bare, bold1, bold2, italic1, italic2, struck, tag, emoji, entity, mention] =
    match;
  const bold = bold1 ?? bold2;
  const italic = italic1 ?? italic2;
  if (escaped !== undefined) return escaped;
  if (ticks !== undefined) return el("code", {}, code.trim() === "" ? code : code.replace(/^ (.*) $/s, "$1"));
  if (url !== undefined) return link(url, whole.startsWith("!") ? label || "image" : inlineMarkdown(label));
  if (angled !== undefined || bare !== undefined) return link(angled ?? bare, angled ?? bare);
  if (bold !== undefined) return el("strong", {}, inlineMarkdown(bold));
  if (italic !== undefined) return el("em", {}, inlineMarkdown(italic));
  if (struck !== undefined) return el("s", {}, inlineMarkdown(struck));
  if (tag !== undefined) return tag === "br" ? el("br") : "";
  if (emoji !== undefined) return emojiOf(emoji) ?? whole;
  if (entity !== undefined) return entities[entity] ?? String.fromCodePoint(Math.min(Number(entity.slice(1)), 0x10ffff));
  return el("strong", { class: "mention" }, mention);
}
