import { el } from "./dom.js";
import { inlineMarkdown } from "./markdown-inline.js";

const maxDepth = 8;

/** The part of GitHub's Markdown that comments here use, as nodes. HTML comments vanish, as they do on GitHub. */
export function markdown(source) {
  return blocks(source.replace(/\r\n?/g, "\n").split("\n"), 0);
}

function blocks(lines, depth) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at, depth);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

/** One block from line `at`: its node and the line after it. */
function block(lines, at, depth) {
  const line = lines[at];
  if (line.trim() === "") return [undefined, at + 1];
  if (depth > maxDepth) return [el("p", {}, lines.slice(at).join("\n")), lines.length];

  if (/^ {0,3}<!--/.test(line)) return comment(lines, at, depth);
  const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (fence) return code(lines, at, fence[1], fence[2].trim());
  const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  // The page has headings of its own above these.
  if (heading) return [el(`h${Math.min(heading[1].length + 2, 6)}`, {}, inlineMarkdown(heading[2])), at + 1];
  if (/^ {0,3}([-*_])(?:\s*\1){2,}\s*$/.test(line)) return [el("hr"), at + 1];
  if (/^\s*<details/i.test(line)) return details(lines, at, depth);
  if (/^ {0,3}>/.test(line)) return quote(lines, at, depth);
  if (line.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? "")) return table(lines, at);
  if (item.test(line)) return list(lines, at, depth);
  return paragraph(lines, at);
}

/** What follows the comment on its last line is read on. */
function comment(lines, at, depth) {
  let end = at;
  while (end < lines.length && !lines[end].includes("-->")) end += 1;
  const after = lines[end]?.slice(lines[end].indexOf("-->") + 3) ?? "";
  return after.trim() === "" ? [undefined, end + 1] : block([...lines.slice(0, end), after, ...lines.slice(end + 1)], end, depth + 1);
}

const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

const isOrdered = (marker) => /\d/.test(marker);

function code(lines, at, marker, language) {
  let end = at + 1;
  const closing = new RegExp(`^ {0,3}${marker[0] === "~" ? "~" : "`"}{${marker.length},}\\s*$`);
  while (end < lines.length && !closing.test(lines[end])) end += 1;
  const about = { class: language === "suggestion" ? "suggestion" : undefined };
  return [el("pre", about, lines.slice(at + 1, end).join("\n")), end + 1];
}

function quote(lines, at, depth) {
  let end = at;
  while (end < lines.length && /^ {0,3}>/.test(lines[end])) end += 1;
  const inside = lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, ""));
  return [el("blockquote", {}, blocks(inside, depth + 1)), end];
}

function details(lines, at, depth) {
  let end = at;
  let open = 0;
  do {
    open += (lines[end].match(/<details/gi) ?? []).length - (lines[end].match(/<\/details>/gi) ?? []).length;
    end += 1;
  } while (end < lines.length && open > 0);
  const whole = lines
    .slice(at, end)
    .join("\n")
    .replace(/^\s*<details[^>]*>/i, "")
    .replace(/<\/details>\s*$/i, "");
  const summary = /<summary>([\s\S]*?)<\/summary>/i.exec(whole);
  const isOpen = /^\s*<details\s+open/i.test(lines[at]);
  const rest = summary ? whole.replace(summary[0], "") : whole;
  return [
    el("details", { open: isOpen }, el("summary", {}, inlineMarkdown(summary?.[1] ?? "Details")), blocks(rest.split("\n"), depth + 1)),
    end,
  ];
}

function table(lines, at) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
  const align = cells(lines[at + 1]).map((rule) => (/^:-+:$/.test(rule) ? "to-center" : /-:$/.test(rule) ? "to-right" : undefined));
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (name) => (line) =>
    el(
      "tr",
      {},
      cells(line).map((cell, column) => el(name, { class: align[column] }, inlineMarkdown(cell))),
    );
  const body = lines.slice(at + 2, end).map(row("td"));
  return [el("div", { class: "wide" }, el("table", {}, el("thead", {}, row("th")(lines[at])), el("tbody", {}, body))), end];
}

function list(lines, at, depth) {
  const [, indent, marker] = item.exec(lines[at]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const start = item.exec(lines[end]);
    const isDeeper = lines[end].search(/\S/) > indent.length;
    if (start && start[1].length <= indent.length && isOrdered(start[2]) === isOrdered(marker)) items.push([start[3]]);
    else if (items.length > 0 && lines[end].trim() !== "" && isDeeper) items.at(-1).push(lines[end].slice(indent.length + 2));
    else break;
    end += 1;
  }
  const rendered = items.map(([first, ...more]) => {
    const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
    const mark = task ? el("input", { type: "checkbox", disabled: true, checked: task[1] !== " ", "aria-label": "Done" }) : undefined;
    return el("li", { class: task ? "task" : undefined }, mark, inlineMarkdown(task ? ` ${task[2]}` : first), blocks(more, depth + 1));
  });
  return [el(isOrdered(marker) ? "ol" : "ul", {}, rendered), end];
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() !== "" && !startsBlock(lines[end])) end += 1;
  return [el("p", {}, inlineMarkdown(lines.slice(at, end).join("\n"))), end];
}

const startsBlock = (line) => /^ {0,3}(`{3}|~{3}|#{1,6}\s|>|<!--)/.test(line) || /^\s*<\/?details/i.test(line) || item.test(line);
