import MarkdownIt, { type Token } from "markdown-it";

const markdown = new MarkdownIt("commonmark").enable("table");
// GitHub drops a dangerous address only after it has parsed the link, so here every address makes a link.
markdown.validateLink = () => true;
markdown.normalizeLink = (url) => url;

/** GitHub's web form sends `\r\n`. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, "\n");

/**
 * The numbers, from 0, of the lines that begin as plain paragraph text; a command may stand only there.
 * A whitelist: what the parser does not call a paragraph (code, HTML, headings, tables, definitions) cannot fire.
 */
export function liveLines(source: string): ReadonlySet<number> {
  const tokens: Token[] = [];
  const env: Record<string, unknown> = {};
  markdown.block.parse(withLineFeeds(source), markdown, env, tokens);

  const live = new Set<number>();
  let quotes = 0;
  for (const [index, { type, map, content }] of tokens.entries()) {
    if (type === "blockquote_open") quotes++;
    if (type === "blockquote_close") quotes--;
    if (type !== "inline" || map === null || quotes > 0 || tokens[index - 1]?.type !== "paragraph_open") continue;
    for (const line of linesOutsideConstructs(content, env)) live.add(map[0] + line);
  }
  return live;
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
    if (/^\\?\n/.test(step)) yield line;
  }
}
