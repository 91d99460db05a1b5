import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { designPrompt } from "../../../src/ai/prompts/design.ts";
import { findCommands } from "../../../src/bot/github/find-commands.ts";
import { renderBlockKit } from "../../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { describeDesign } from "../../../src/pipeline/design/describe.ts";
import type { Reply } from "../../../src/reply.ts";
import { blockKitProblem } from "../../../src/sandbox/slack/block-kit/message.ts";
import { anAnswer } from "./scripted-channel.ts";

/** What a model says, as people are told it. */
function replyTo(says: unknown): Reply {
  const value = designPrompt({ question: "How?" }).read(says);
  if (!value) throw new Error("It is no answer.");
  return describeDesign(
    {
      kind: "asked",
      results: [{ kind: "answered", value, model: "o3", name: "OpenAI", service: "openai-api" }],
      passedOver: [],
      costPico: 1n,
      isCostUncertain: false,
    },
    { showsMoney: true, again: 'design-help --force "How?"', secrets: [] },
  );
}

const onGitHub = (reply: Reply) => renderMarkdown("reply:1", "ada", "/ci-", [{ command: "design-help How?", reply }]);
const inSlack = (reply: Reply) => renderBlockKit([{ command: "design-help How?", reply }], { asker: "ada", prefix: "/ci " });

const everywhere = (words: string) => ({
  approaches: [
    { name: words, how: words, risks: words },
    { name: `x${words}`, how: words, risks: words },
  ],
  recommendation: words,
  openQuestions: [words],
});

describe("what a hostile model says", () => {
  it.each([
    ["a command", "/ci-retry-job --failed"],
    ["a command below a line", "Yes.\n/ci-retry-job --failed\n   /ci-freeze"],
    ["mentions", "@octocat <!channel> <@U1> <!here>"],
    ["HTML", "<img src=x onerror=alert(1)><!-- nextrust --><details>"],
    ["markup", "```\n~~~\n| a | b |\n[x](https://evil.test)"],
    ["what nobody sees", "a\u202eb\u200bc\u{e0041}d"],
  ])("does nothing on either surface: %s", (_, words) => {
    const reply = replyTo(everywhere(words));
    const markdown = onGitHub(reply);
    const { blocks } = inSlack(reply);

    expect(findCommands(markdown, "/ci").commands).toEqual([]);
    expect(markdown).not.toMatch(/(?<![\\\u200b])@octocat|(?<!\\)<(?:img|details|!-- nextrust --)|(?<!\\)\]\(https:\/\/evil/);
    expect(markdown).not.toMatch(/[\u202e\u{e0041}]/u);
    expect(blockKitProblem(blocks)).toBeUndefined();
    expect(JSON.stringify(blocks)).not.toMatch(/"type":"(?:user|broadcast|link)"/);
  });

  it("is cut where it is a megabyte, and fits both", () => {
    const huge = "All work and no play. ".repeat(50_000);
    const says = { ...everywhere(huge), approaches: Array.from({ length: 500 }, () => ({ name: huge, how: huge, risks: huge })) };

    const reply = replyTo({ ...says, openQuestions: Array.from({ length: 500 }, () => huge) });

    expect(onGitHub(reply).length).toBeLessThan(20_000);
    expect(onGitHub(reply)).not.toContain("Cut: the answer");
    const { blocks } = inSlack(reply);
    expect(blockKitProblem(blocks)).toBeUndefined();
    // The circumstances stand at the end, so that nothing was left out.
    expect(JSON.stringify(blocks)).toContain("Answered by");
    expect(JSON.stringify(blocks)).not.toContain("fit into this message");
  });

  it("never breaks a surface, whatever it is", () => {
    const words = fc.string({ unit: "binary", maxLength: 200 });
    const approach = fc.record({ name: words, how: words, risks: words });
    const says = fc.record({
      approaches: fc.array(approach, { maxLength: 6 }),
      recommendation: words,
      openQuestions: fc.array(words, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(says, (said) => {
        if (designPrompt({ question: "How?" }).read(said) === undefined) return;
        const reply = replyTo(said);
        expect(findCommands(onGitHub(reply), "/ci").commands).toEqual([]);
        expect(blockKitProblem(inSlack(reply).blocks)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("is no answer in another shape", () => {
    const { read } = designPrompt({ question: "How?" });
    for (const said of [undefined, null, "", [], {}, { ...anAnswer, approaches: "two" }, { ...anAnswer, recommendation: " \u200b " }])
      expect(read(said)).toBeUndefined();
  });
});
