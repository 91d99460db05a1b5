import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveLines } from "../../../src/bot/github/live-lines.ts";
import { anyText } from "../../commands/grammar/any-text.ts";
import { cpuMsOf } from "../../cpu-time.ts";
import { hostileKinds } from "./hostile-markdown.ts";

/** The lines that begin with `/ci` and are live. */
function firing(markdown: string): string[] {
  const live = liveLines(markdown);
  return markdown.split(/\r\n?|\n/).filter((line, number) => live.has(number) && /^ {0,3}\/ci/.test(line));
}

describe("text that must not fire", () => {
  it.each([
    ["a fence", "```\n/ci-status\n```"],
    ["a fence of tildes", "~~~\n/ci-status\n~~~"],
    ["a fence with a language", "```sh\n/ci-status\n```"],
    ["a longer fence around a shorter one", "````\n```\n/ci-status\n```\n/ci-status\n````"],
    ["a fence of backticks around one of tildes", "```\n~~~\n```\n~~~\n/ci-status\n"],
    ["an unclosed fence", "```\n/ci-status\n\n/ci-status"],
    ["a fence that a shorter one does not close", "````\n/ci-status\n```\n/ci-status"],
    ["an indented fence", "   ```\n   /ci-status\n   ```"],
    ["a closing fence with trailing spaces", "```\nx\n/ci-status\n```  \n"],
    ["a closing fence that is no closing fence", "```\n``` x\n/ci-status\n```"],
    ["a fence under CRLF", "```\r\n/ci-status\r\n```\r\n"],
    ["a fence under lone CR", "```\r/ci-status\r```\r"],
    ["a fence in a list item", "- a\n  ```\n  /ci-status\n  ```"],
    ["a fence in a quote", "> ```\n> /ci-status\n> ```"],
    ["indented code", "a\n\n    /ci-status"],
    ["code indented by a tab", "a\n\n\t/ci-status"],
    ["inline code over lines", "`a\n/ci-status\nb`"],
    ["inline code in double backticks", "``a `\n/ci-status\n``"],
    ["inline code on the line", "`/ci-status`"],
    ["a quote", "> /ci-status"],
    ["a quote without its space", ">/ci-status"],
    ["a quote in a quote", ">> /ci-status"],
    ["a quote in a list", "- > a\n/ci-status"],
    ["a list in a quote", "> - a\n/ci-status"],
    ["a lazy quote", "> quoted\n/ci-status"],
    ["a lazy quote in a quote", "> > quoted\n/ci-status"],
    ["a lazy quote, several lines on", "> quoted\nmore\n/ci-status"],
    ["an e-mail reply", "On Monday Ada wrote:\n> please\n> /ci-retry\n>\n> Ada"],
    ["a line below a quoted definition", "> [a]: b\n/ci-status"],
    ["a line below a quoted fence", "> ```\n/ci-status"],
    ["a line below an indented quote mark", "> a\n\t> \n/ci-status"],
    ["an HTML block", "<div>\n/ci-status\n</div>"],
    ["an HTML block in a summary", "<details><summary>x</summary>\n/ci-status\n</details>"],
    ["preformatted HTML with blank lines", "<pre>\n\n/ci-status\n\n</pre>"],
    ["a script", "<script>\n\n/ci-status\n\n</script>"],
    ["an HTML comment", "<!--\n/ci-status\n-->"],
    ["an HTML comment with blank lines", "<!-- a\n\n/ci-status\n\n-->"],
    ["an unclosed HTML comment", "<!--\n\n/ci-status"],
    ["an HTML comment below text", "a\n<!--\n/ci-status\n-->"],
    ["an HTML comment inside a line", "a <!-- b\n/ci-status\n-->"],
    ["an HTML comment after an instruction that never ends", "a <? <!--\n/ci-status\n-->"],
    ["a processing instruction", "a <?\n/ci-status\n?>"],
    ["a declaration", "a <!X\n/ci-status\n>"],
    ["CDATA", "a <![CDATA[\n/ci-status\n]]>"],
    ["an attribute of a tag", 'a <b title="\n/ci-status\n">'],
    ["a tag of its own", "</b>\n/ci-status"],
    ["a link's text", "[a\n/ci-status\nb](https://x.test)"],
    ["a link's title", '[a](b "\n/ci-status\n")'],
    ["a link's address", "[a](\n/ci-status\n)"],
    ["the title of a link that GitHub takes apart", '[a](javascript:x "\n/ci-status\n")'],
    ["a reference link's text", "[a\n/ci-status]\n\n[a /ci-status]: b"],
    ["a reference link's label", "[x][a\n/ci-status]\n\n[a /ci-status]: b"],
    ["an image's text", "![a\n/ci-status\nb](c)"],
    ["a definition's address", "[foo]:\n/ci-status"],
    ["a definition's title", "[foo]: b '\n/ci-status\n'"],
    ["a definition's label", "[foo\n/ci-status\n]: b"],
    ["a definition's address above an empty title", '[foo]:\n/ci-status\n"" x'],
    ["a definition's title around an empty list item", '[foo]: b "\n1. \n/ci-status\n"'],
    ["a definition's title below a backslash", '[foo]: b\\\n"\n/ci-status\n"'],
    ["a comment below a definition", "[foo]: b\n</b>\n<!--\n\n/ci-status"],
    ["a comment below a line that is too far indented", "100. a\n    <!--\n/ci-status\n-->"],
    ["code that begins below a definition, in what is no item", "[foo]: b\n2. ```\n/ci-status\n```"],
    ["a heading", "# /ci-status"],
    ["a heading over ---", "/ci-status\n---"],
    ["a heading over ===", "/ci-status\n==="],
    ["a heading of two lines", "/ci-status\na\n---"],
    ["a table's head", "/ci-status | a\n--- | ---\n"],
    ["a table's row", "| a |\n|---|\n/ci-status"],
    ["a table's row below text", "text\n| a |\n|---|\n| b |\n/ci-status"],
    ["a list marker's line", "- /ci-status"],
    ["a task", "- [ ] /ci-status"],
    ["four spaces", "    /ci-status"],
    ["nesting deeper than anybody writes", `${"- ".repeat(30)}a\n\n/ci-status`],
  ])("%s", (_, markdown) => {
    expect(firing(markdown)).toEqual([]);
  });
});

describe("text that fires", () => {
  it.each([
    ["alone", "/ci-status", 1],
    ["under CRLF", "a\r\n/ci-status\r\n", 1],
    ["under lone CR", "a\r/ci-status\r", 1],
    ["up to three spaces in", "   /ci-status", 1],
    ["on the third line of a paragraph", "a\n b\n/ci-status", 1],
    ["one below the other", "/ci-a\n/ci-b\n\n/ci-c", 3],
    ["a blank line after a quote", "> quoted\n\n/ci-status", 1],
    ["a blank line after an empty quote", "> \n\n/ci-status", 1],
    ["above a quote", "/ci-status\n> quoted", 1],
    ["after a closed fence", "```\n/ci-no\n```\n/ci-status", 1],
    ["after a closed comment", "<!-- /ci-no -->\n/ci-status", 1],
    ["after a blank line in HTML", "<details>\n\n/ci-status\n\n</details>", 1],
    ["below a heading", "# a\n/ci-status", 1],
    ["below a rule", "a\n\n---\n/ci-status", 1],
    ["after a table", "| a |\n|---|\n| b |\n\n/ci-status", 1],
    ["as a list item's lazy continuation", "- a\n/ci-status", 1],
    ["in a list item", "- a\n\n  /ci-status", 1],
    ["below a definition", "[foo]: b\n/ci-status", 1],
    ["below what only looks like a definition", "[bug]: this is broken\n/ci-status", 1],
    ["after a hard break", "a  \n/ci-no\\\n/ci-status", 2],
    ["inside emphasis", "**a\n/ci-status\nb**", 1],
    ["inside brackets that are no link", "[a\n/ci-status\nb]", 1],
    ["between tags", "a <b>\n/ci-status\n</b>", 1],
    ["below a backtick that nothing closes", "a `b\n/ci-status", 1],
    ["with code, tags and links among its arguments", "/ci-status `a` <b> [c](d) *x*", 1],
    ["with code that begins on its line", "/ci-status `a\n/ci-no\n`", 1],
    ["with a pipe, above no table", "/ci-status a | b\nc", 1],
  ])("%s", (_, markdown, times) => {
    expect(firing(markdown)).toHaveLength(times);
  });
});

describe("any text inside a construct", () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom("/ci-status", "  /ci retry x", "```", "~~~", "", "> a", "- b", "<b>", "[a]: b", "`", "---"), anyText), {
      maxLength: 8,
    })
    .map((lines) => lines.join("\n").replace(/\r/g, "\n"));
  const indent = (prefix: string) => (source: string) => source.replace(/^/gm, prefix);

  it.each<[string, (source: string) => string]>([
    ["a longer fence", (source) => `${"`".repeat(70)}\n${source}\n${"`".repeat(70)}`],
    ["an unclosed fence", (source) => `${"~".repeat(70)}sh\n${source}`],
    ["a quote", indent("> ")],
    ["a list item's quote", (source) => `- a\n\n${indent("  > ")(source)}`],
    ["indented code", indent("    ")],
    ["an HTML comment", (source) => `<!--\n${source.replaceAll("-->", "")}\n-->`],
    ["an unclosed HTML comment", (source) => `text\n<!-- ${source.replaceAll("-->", "")}`],
    ["inline code", (source) => `a ${"`".repeat(70)}b\n${asOneParagraph(source)}\nc ${"`".repeat(70)}`],
    ["a link's title", (source) => `[a](b "x\n${asOneParagraph(source).replace(/["\\]/g, "")}\n")`],
    ["an attribute", (source) => `a <b title="x\n${asOneParagraph(source).replaceAll('"', "")}\n">`],
  ])("does not fire: %s", (_, wrap) => {
    fc.assert(
      fc.property(text, (source) => {
        expect(firing(wrap(source))).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  /** Keeps what neither ends a paragraph nor begins another block: commands and plain words. */
  function asOneParagraph(source: string): string {
    const lines = source.split("\n").filter((line) => /^ {0,3}(?:\/ci|\w)/.test(line) && !/^ *\d+[.)]/.test(line));
    return lines.length === 0 ? "/ci-status" : lines.join("\n");
  }
});

describe("hostile text", () => {
  it.each(Object.entries(hostileKinds))("is read within 0.2 s: %s", (_, hostile) => {
    expect(hostile.length).toBe(65_536);

    expect(cpuMsOf(() => liveLines(hostile))).toBeLessThanOrEqual(200);
  });
});
