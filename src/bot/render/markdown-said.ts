import type { Link, Said, SaidBlock } from "../../reply.ts";
import { escapeMarkdown, fenced, markdownUrl } from "./markdown-escape.ts";
import { printable } from "./printable.ts";

/** Leaves room for the marker below it: GitHub refuses bodies of more than 65,536 characters. */
const longestSaid = 64_000;

/**
 * What somebody said elsewhere, as an inert comment: nothing in it is markup, a mention or a command. What is longer than GitHub takes goes on
 * where it was said.
 */
export function renderSaid(said: Said): string {
  const { author, source, about, editedBy, blocks } = said;
  const where = `[${escapeMarkdown(source.text)}](${markdownUrl(source.url)})`;
  const edited = editedBy === undefined ? "" : ` (edited by ${escapeMarkdown(editedBy)})`;
  const what = about === undefined ? "" : `, ${escapeMarkdown(about)}`;
  const head = `**${escapeMarkdown(author)}** in ${where}${what}${edited}:`;
  const rest = `[Cut here: the rest is in ${escapeMarkdown(source.text)}.](${markdownUrl(source.url)})`;

  const rendered = [head];
  let left = longestSaid - head.length - rest.length;
  for (const block of blocks) {
    const whole = renderBlock(block);
    left -= whole.length + 2;
    if (left < 0) return [...rendered, ...cut(block, left + whole.length), rest].join("\n\n");
    rendered.push(whole);
  }
  return rendered.join("\n\n");
}

function renderBlock(block: SaidBlock): string {
  if (block.kind === "code") return fenced(printable(block.text));
  // Cells of one line are joined before they are escaped: where a line begins decides what could be a command.
  return lines(block.cells)
    .map((line) => line.map((cell, index) => (typeof cell === "string" ? escapeInLine(cell, index === 0) : link(cell))).join(""))
    .join("  \n");
}

/** As much of a block as fits; escaping at most quadruples a text, but for long indents. */
function cut(block: SaidBlock, most: number): readonly string[] {
  const text = block.kind === "code" ? block.text : block.cells.map((cell) => (typeof cell === "string" ? cell : cell.text)).join("");
  for (let length = Math.min(text.length, Math.max(0, most)); length > 0; length = Math.floor(length / 2)) {
    const part = text.slice(0, length);
    const rendered = renderBlock(block.kind === "code" ? { kind: "code", text: part } : { kind: "text", cells: [part] });
    if (rendered.length <= most) return [rendered];
  }
  return [];
}

function lines(cells: readonly (string | Link)[]): readonly (readonly (string | Link)[])[] {
  const found: (string | Link)[][] = [[]];
  for (const cell of cells) {
    if (typeof cell !== "string") {
      found.at(-1)?.push(cell);
      continue;
    }
    const [first = "", ...more] = cell.split("\n");
    if (first !== "") found.at(-1)?.push(first);
    for (const line of more) found.push(line === "" ? [] : [line]);
  }
  return found;
}

/** The escaping of line starts is harmless inside a line, but leading blanks there are blanks and no indent. */
function escapeInLine(text: string, isStart: boolean): string {
  if (isStart) return escapeMarkdown(text);
  const blanks = /^\s*/.exec(text)?.[0] ?? "";
  return (blanks === "" ? "" : " ") + escapeMarkdown(text.slice(blanks.length));
}

const link = ({ text, url }: Link): string => `[${escapeMarkdown(text.replaceAll("\n", " "))}](${markdownUrl(url)})`;
