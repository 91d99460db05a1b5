import type { Token } from "markdown-it";
import { markdown } from "./comment-markdown.ts";

/** GitHub's web form sends `\r\n`. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, "\n");

/**
 * The numbers, from 0, of the lines that begin as plain paragraph text; a command may stand only there.
 * A whitelist: what the parser does not call a paragraph (code, HTML, headings, tables, definitions) cannot fire.
 */
export function liveLines(source: string): ReadonlySet<number> {
  // A backslash before a line's end escapes nothing here, but the parser would let an address run on over it.
  const text = withLineFeeds(source).replace(/\\\n/g, "\ufffd\n");
  const lines = text.split("\n");
  const tokens: Token[] = [];
  const env: Record<string, unknown> = {};
  markdown.block.parse(text, markdown, env, tokens);

  const live = new Set<number>();
  let quietUntil = 0;
  for (const [index, { type, map, content }] of tokens.entries()) {
    if (map === null) continue;
    const above = tokens[index - 1];
    const isBelowDefinition = above?.type === "reference_definition" && above.map?.[1] === map[0];
    const isBelowText = isText(lines[map[0] - 1]);
    // Parsers disagree on what goes on below a quote, a definition, or text with something too far indented under it, until a blank line.
    const isArguable =
      type === "blockquote_open" || (type === "code_block" && isBelowText) || (type.endsWith("_list_open") && isBelowDefinition);
    if (isArguable) quietUntil = nextBlank(lines, Math.max(quietUntil, map[0]));
    // Whether HTML begins here decides whether a comment further down hides the rest.
    if (type === "html_block" && isBelowDefinition) break;
    if (type !== "inline" || map[0] < quietUntil || above?.type !== "paragraph_open") continue;
    for (const line of linesOutsideConstructs(content, env)) live.add(map[0] + line);
  }
  return live;
}

const isText = (line = ""): boolean => /[^ \t]/.test(line);

function nextBlank(lines: readonly string[], from: number): number {
  let line = from;
  while (isText(lines[line])) line++;
  return line;
}

/** Steps over whole constructs (code, tags, links, images): a line break that a step lands on lies in none of them. */
function* linesOutsideConstructs(content: string, env: Record<string, unknown>): Generator<number> {
  yield 0;
  const state = new markdown.inline.State(content, markdown, env, []);
  let line = 0;
  while (state.pos < state.posMax) {
    const start = state.pos;
    markdown.inline.skipToken(state);
    // The parser stops looking for comments after one that never ends, so nothing below it is trusted.
    if (state.skipHtmlSpecial) return;
    const step = content.slice(start, state.pos);
    line += step.split("\n").length - 1;
    if (step.startsWith("\n")) yield line;
  }
}
