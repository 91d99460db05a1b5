import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCommands } from "../../../src/bot/github/find-commands.ts";
import { githubBlocks } from "../../../src/bot/mirror/github-text.ts";
import { slackBlocks } from "../../../src/bot/mirror/slack-text.ts";
import { renderBlockKit } from "../../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { isOurs, keyIn, replyMarker } from "../../../src/bot/render/marker.ts";
import { mentionsIn } from "../../../src/bot/slack/mentions.ts";
import type { Said, SaidBlock } from "../../../src/reply.ts";
import { blockKitProblem } from "../../../src/sandbox/slack/block-kit/message.ts";

const key = "mirror:slack:C1:1.2";
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."/ci-retry-job --failed¦/ci status¦\n¦\n\n¦\r\n¦```¦~~~¦````¦`¦> ¦- ¦1. ¦    ¦\t¦<!--¦-->¦<details>¦<pre>¦</pre>¦[a]: x¦[¦](¦)¦![¦https://x.test/a¦@grace¦@acme/team¦<@U0BOT>¦<@U0BOT> status¦<!channel>¦<!here|here>¦<#C0000002|secret>¦<https://x.test|/ci-retry>¦&lt;¦&amp;¦|¦***¦\\¦\u202e¦---¦===¦# ¦#12".split(
          "¦",
        ),
        replyMarker("reply:github:comment:1"),
      ),
      fc.string({ unit: "grapheme", maxLength: 20 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

const said = (blocks: readonly SaidBlock[], author = "ada", edited?: string): Said => ({
  kind: "said",
  author,
  source: { text: "Slack", url: "https://acme.slack.com/archives/C1/p1" },
  blocks,
  ...(edited !== undefined && { editedBy: edited }),
});
const onGitHub = (part: Said): string =>
  renderMarkdown(key, undefined, "/ci-", [{ reply: { outcome: "done", reason: "mirrored", audience: "thread", parts: [part] } }]);
const inSlack = (part: Said) =>
  renderBlockKit([{ reply: { outcome: "done", reason: "mirrored", audience: "thread", parts: [part] } }], { id: key });
const named = (text: string): readonly SaidBlock[] =>
  slackBlocks(text).map((block) =>
    block.kind === "code"
      ? block
      : {
          kind: "text",
          cells: block.cells.map((cell) => (typeof cell === "string" || "url" in cell ? cell : "user" in cell ? "@grace" : "#ci")),
        },
  );

/** In code GitHub sees no mention, and people want it as it is. */
const withoutCode = (body: string): string => body.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "");

describe("what is passed on to GitHub", () => {
  it("holds no command, no mention and no mark but its own, whatever was written", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const body = onGitHub(said(named(text)));

        expect(findCommands(body, "/ci").commands).toEqual([]);
        expect(withoutCode(body)).not.toMatch(/@[a-z]/i);
        expect(isOurs(body)).toBe(true);
        expect(keyIn(body)).toBe(key);
        expect(body).not.toContain(replyMarker("reply:github:comment:1"));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps code as code behind a fence longer than any in it", () => {
    expect(onGitHub(said(named("See\n```\na ~~~ b\n/ci-retry-job\n```\nthere")))).toBe(
      `**ada** in [Slack](<https://acme.slack.com/archives/C1/p1>):\n\nSee\n\n\`\`\`text\na ~~~ b\n\u2060/ci-retry-job\n\`\`\`\n\nthere\n\n${replyMarker(key)}`,
    );
    expect(onGitHub(said([{ kind: "code", text: "````" }]))).toContain("`````text\n````\n`````");
  });

  it("is cut to what GitHub takes, with a link to the rest", () => {
    for (const text of ["*".repeat(40_000), "a\n".repeat(40_000), `\`\`\`${"x".repeat(100_000)}\`\`\``]) {
      const body = onGitHub(said(named(text)));

      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body).toContain("[Cut here: the rest is in Slack.](<https://acme.slack.com/archives/C1/p1>)");
      expect(keyIn(body)).toBe(key);
    }
  });
});

describe("what is passed on to Slack", () => {
  it("pings nobody, names no bot and is taken by Slack, whatever was written", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { text: fallback, blocks } = inSlack(said(githubBlocks(text)));

        expect(blockKitProblem(blocks)).toBeUndefined();
        expect(mentionsIn(fallback, "U0BOT")).toEqual([]);
        expect(fallback).not.toMatch(/<[!@#]/);
        expect(JSON.stringify(blocks)).not.toMatch(/"type":"(user|usergroup|broadcast|channel|mrkdwn)"/);
      }),
      { numRuns: 300 },
    );
  });

  it("is cut to what Slack takes, with a link to the rest", () => {
    const { blocks } = inSlack(said(githubBlocks(`${"word ".repeat(5_000)}\n`)));

    expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
    expect(JSON.stringify(blocks)).toContain("Cut here: the rest is on Slack.");
    expect(blockKitProblem(blocks)).toBeUndefined();
  });

  it.each([
    ["links", "https://example.com/aaaaaaaaaa "],
    ["links with long addresses", `[x](https://example.com/${"a".repeat(1_500)}) `],
    ["blocks of code without a word", "```\n```\n"],
    ["blocks of code", "```\na\n```\nb\n"],
  ])("is cut where it consists of thousands of %s", (_, piece) => {
    const { blocks } = inSlack(said(githubBlocks(piece.repeat(65_536 / piece.length))));

    expect(JSON.stringify(blocks).length).toBeLessThan(60_000);
    expect(JSON.stringify(blocks)).toContain("Cut here: the rest is on Slack.");
    expect(JSON.stringify(blocks)).toContain(`"block_id":"${key}"`);
    expect(blockKitProblem(blocks)).toBeUndefined();
  });

  it.each([
    ["a <!-- b --> c", ["a  c"]],
    ["a\n<!-- b\nc -->\nd", ["a\n\n\nd"]],
    ["```js\n<!-- kept -->\n```", ["<!-- kept -->"]],
    ["It begins with `<!--`, and ends with `-->`.\n\nThat is all.", ["It begins with `<!--`, and ends with `-->`.\n\nThat is all."]],
    ["Write <!-- in front.\n\nThat is all.", ["Write <!-- in front.\n\nThat is all."]],
    ["<!-- the template, never closed\n\nThat is all.", []],
    ["a <!-- b\nc --> d", ["a \n d"]],
    ["````\n```\n````\nafter", ["```", "after"]],
    ["~~~\nunclosed", ["unclosed"]],
    ["![A plan](https://x.test/p.png)", ["A plan"]],
    ["[here](https://x.test) and https://y.test/z", ["here and https://y.test/z"]],
  ])("%j says %j", (markdown, words) => {
    const blocks = githubBlocks(markdown);

    expect(
      blocks.map((block) =>
        block.kind === "code" ? block.text : block.cells.map((cell) => (typeof cell === "string" ? cell : cell.text)).join(""),
      ),
    ).toEqual(words);
  });

  it("is read in time that grows with its length only", () => {
    for (const part of ["![", "[a](https://", "<!--", "```\n", "https://", "<a|"]) {
      const startedAt = performance.now();
      githubBlocks(part.repeat(Math.floor(65_536 / part.length)));
      slackBlocks(part.repeat(Math.floor(40_000 / part.length)));
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
  });
});
