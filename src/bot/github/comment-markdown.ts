import MarkdownIt, { type MarkdownIt as Markdown, type StateBlock } from "markdown-it";

/** GitHub's dialect as far as it decides where text lies; nothing is rendered with it. */
export const markdown: Markdown = new MarkdownIt("commonmark").enable("table");

// GitHub drops a dangerous address only after it has parsed the link, so every address makes one.
markdown.validateLink = () => true;
markdown.normalizeLink = (url) => url;

// CommonMark: an empty title is a title. Without one, `[a]:`, its address and `"" x` on three lines would be no definition.
const { parseLinkTitle } = markdown.helpers;
markdown.helpers.parseLinkTitle = (...args) => {
  const title = parseLinkTitle(...args);
  return { ...title, str: title.str || " " };
};

// CommonMark: a definition is a paragraph until it is read, so an empty list item does not end it. Looks before the rules that would.
const definitionIsParagraph = (state: StateBlock): boolean => {
  if (state.parentType === "reference") state.parentType = "paragraph";
  return false;
};
markdown.block.ruler.before("table", "definition_is_paragraph", definitionIsParagraph, { alt: ["reference"] });

// The parser's own rule makes three objects a cell, 0.1 s for a hostile table; here only its extent matters.
const [isTable] = markdown.block.ruler.getRules("paragraph");
markdown.block.ruler.at("table", skipTable, { alt: ["paragraph", "reference"] });

function skipTable(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (!isTable?.(state, start, end, true)) return false;
  if (silent) return true;

  const { parentType } = state;
  state.parentType = "table";
  const interruptions = state.md.block.ruler.getRules("blockquote");
  let line = start + 2;
  while (line < end && isRow(state, line) && !interruptions.some((begins) => begins(state, line, end, true))) line++;
  state.parentType = parentType;
  state.line = line;
  return true;
}

function isRow(state: StateBlock, line: number): boolean {
  const indent = (state.sCount[line] ?? 0) - state.blkIndent;
  return indent >= 0 && indent < 4 && !state.isEmpty(line);
}
