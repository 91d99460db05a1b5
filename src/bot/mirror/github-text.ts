import type { Link, SaidBlock } from "../../reply.ts";
import { closings, withoutComments } from "./html-comments.ts";

const fence = /^ {0,3}(`{3,}|~{3,})/;
const longestFence = /^ {0,3}(`+|~+)[ \t]*$/;
// Each part is bounded or ends where the next may begin, so that hostile text costs no more than its length.
const links = /!?\[([^[\]\n]{0,500})\]\((https?:\/\/[^\s()<>]{1,2000})\)|https?:\/\/[^\s<>()[\]"'`]+/g;

/** What a comment says, as plain text: fenced code apart, images as links, what its author hid in HTML comments left out. */
export function githubBlocks(markdown: string): readonly SaidBlock[] {
  const blocks: SaidBlock[] = [];
  let text: string[] = [];
  let code: { readonly mark: string; readonly lines: string[] } | undefined;
  let isHidden = false;
  const endText = () => {
    const said = text.join("\n").trim();
    if (said !== "") blocks.push({ kind: "text", cells: toCells(said) });
    text = [];
  };

  const lines = markdown.split(/\r\n|\r|\n/);
  const isClosedBelow = closings(lines);
  for (const [index, line] of lines.entries()) {
    if (code) {
      const end = longestFence.exec(line)?.[1];
      if (end?.startsWith(code.mark)) {
        blocks.push({ kind: "code", text: code.lines.join("\n") });
        code = undefined;
      } else code.lines.push(line);
      continue;
    }
    const mark = isHidden ? undefined : fence.exec(line)?.[1];
    if (mark !== undefined) {
      endText();
      code = { mark, lines: [] };
      continue;
    }
    const shown = withoutComments(line, isHidden, isClosedBelow[index] === true);
    isHidden = shown.isHidden;
    text.push(shown.text);
  }
  if (code) blocks.push({ kind: "code", text: code.lines.join("\n") });
  endText();
  return blocks;
}

function toCells(text: string): readonly (string | Link)[] {
  const cells: (string | Link)[] = [];
  let from = 0;
  for (const { 0: found, 1: label, 2: target, index } of text.matchAll(links)) {
    if (index > from) cells.push(text.slice(from, index));
    const isImage = found.startsWith("!");
    cells.push({ text: label || (isImage ? "image" : (target ?? found)), url: target ?? found });
    from = index + found.length;
  }
  if (from < text.length) cells.push(text.slice(from));
  return cells;
}
