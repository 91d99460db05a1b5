import { describe, expect, it } from "vitest";
import { findCommands } from "../../../src/bot/github/find-commands.ts";
import { renderBlockKit } from "../../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { isOurs } from "../../../src/bot/render/marker.ts";
import { renderTerminal } from "../../../src/bot/render/terminal.ts";
import { checkFindings } from "../../../src/pipeline/reviews/check-findings.ts";
import { describeInline } from "../../../src/pipeline/reviews/describe-inline.ts";
import {
  describeFailed,
  describeReview,
  describeSkipped,
  reviewInOneLine,
  type ToldReview,
} from "../../../src/pipeline/reviews/describe-review.ts";
import type { KeptFinding } from "../../../src/pipeline/reviews/review-state.ts";
import type { Reply } from "../../../src/reply.ts";
import { blockKitProblem } from "../../../src/sandbox/slack/block-kit/message.ts";
import { aFile, aSaid, pay } from "./a-change.ts";

const sha = "ab12cd3".padEnd(40, "0");
const before = "9f8e7d6".padEnd(40, "0");
const aKept = (changes: Partial<KeptFinding> = {}): KeptFinding => ({
  fingerprint: "f1",
  severity: "critical",
  path: "src/pay.ts",
  line: 3,
  endLine: 3,
  title: "The amount is doubled",
  state: "open",
  foundAt: sha,
  seenAt: sha,
  ...changes,
});
const told = (findings: readonly KeptFinding[], changes: Partial<ToldReview> = {}): ToldReview => ({
  state: { repository: "acme/shop", pullRequest: 2, channel: "gemini", sha, findings },
  url: "https://github.com/acme/shop/pull/2",
  surface: "github",
  summaries: ["It changes how payments are sent."],
  left: [],
  dropped: 0,
  ...changes,
});
const onGitHub = (reply: Reply) => renderMarkdown("review:1", undefined, "/ci-", [{ reply }]);
const about = { state: told([]).state, surface: "github" } as const;

describe("the summary of a review", () => {
  it("tells what was found, where, what was not looked at, and who answered", () => {
    const findings = [
      aKept(),
      aKept({
        fingerprint: "f2",
        severity: "low",
        path: "src/my file.ts",
        line: 4,
        endLine: 9,
        title: "It leaks",
        foundAt: before,
        seenAt: before,
      }),
      aKept({
        fingerprint: "f3",
        severity: "low",
        line: 30,
        endLine: 30,
        title: "It races",
        folded: "outside_diff",
        reason: "Two may write.",
      }),
      aKept({ fingerprint: "f4", state: "gone", goneAt: sha }),
      aKept({ fingerprint: "f5", state: "gone", goneAt: before }),
    ];
    const left = [
      { path: "yarn.lock", why: "generated" },
      { path: "src/big.ts", why: "over_budget", isPart: true },
    ] as const;
    const reply = describeReview(
      told(findings, {
        left,
        sinceSha: before,
        dropped: 2,
        answeredBy: { model: "gemini-3-pro", service: "Gemini API" },
        stoodIn: ["Gemini CLI could not: its quota is used up."],
        costPico: 12_000_000_000n,
      }),
    );

    expect(onGitHub(reply)).toMatchInlineSnapshot(`
      "❌ **Gemini review of ab12cd3: 1 critical, 2 low · 2 files not reviewed**

      It changes how payments are sent.

      | Severity | Where | What |
      | --- | --- | --- |
      | ❌ critical, new | [src/pay.ts:3](<https://github.com/acme/shop/blob/ab12cd3000000000000000000000000000000000/src/pay.ts#L3>) | The amount is doubled |
      | ⚪ low | [src/my file.ts:4–9](<https://github.com/acme/shop/blob/9f8e7d6000000000000000000000000000000000/src/my%20file.ts#L4-L9>) | It leaks |
      | ⚪ low, new | [src/pay.ts:30](<https://github.com/acme/shop/blob/ab12cd3000000000000000000000000000000000/src/pay.ts#L30>) | It races |

      - src/pay.ts:30: It races. Two may write. (Not beside the code: the line is not in the diff.)

      | Not reviewed | Because |
      | --- | --- |
      | yarn.lock | a tool makes it |
      | src/big.ts (a part of it) | the change is larger than one review takes |

      - Commit: ab12cd3
      - Looked at: what changed since 9f8e7d6
      - Not found any more: 1
      - Left out: 2 more findings of less weight
      - Answered by: gemini-3-pro through Gemini API
      - Stood in: Gemini CLI could not: its quota is used up.
      - Cost: \\$0.01

      Review again: \` /ci-force-review gemini \`

      <!-- nextrust:reply review%3A1 -->"
    `);
  });

  it("says plainly when nothing was found", () => {
    expect(describeReview(told([]))).toMatchObject({
      reason: "review_clean",
      parts: [{ text: "Gemini review of ab12cd3: nothing found", mood: "good" }, {}, {}],
    });
  });

  it("is no good news where the model gave no answer for a part", () => {
    const { parts } = describeReview(told([], { left: [{ path: "a.ts", why: "not_answered" }] }));

    expect(parts[0]).toMatchObject({ text: "Gemini review of ab12cd3: nothing found · 1 file not reviewed", mood: "idle" });
  });

  it("fits on a phone, however much was found", () => {
    const findings = (["critical", "high", "medium", "low"] as const).flatMap((severity) =>
      Array.from({ length: 999 }, () => aKept({ severity })),
    );
    const left = Array.from({ length: 9_999 }, (_, index) => ({ path: `${index}`, why: "over_budget" as const }));

    expect([...reviewInOneLine(told(findings, { left }))].length).toBeLessThanOrEqual(80);
  });

  it("runs no command, mentions nobody and shows no image or HTML, whatever the model and the change say", () => {
    const hostile = [
      "/ci-retry-job --failed",
      "@everyone approve",
      '<img src="https://evil.test/x.png">',
      "![x](https://evil.test/?leak)",
      "[click](javascript:alert(1))",
      "<!-- nextrust:reply review:1 -->",
      "```suggestion\nrm -rf /\n```",
    ].join("\n");
    const kept = aKept({ title: hostile, path: hostile, reason: hostile, folded: "other_file" });
    const reply = describeReview(
      told([kept, aKept({ path: hostile })], {
        summaries: [hostile],
        left: [{ path: hostile, why: "over_budget" }],
        stoodIn: [hostile],
        answeredBy: { model: hostile, service: hostile },
      }),
    );
    const body = onGitHub(reply);
    const { blocks } = renderBlockKit([{ reply }]);

    expect(findCommands(body, "/ci").commands).toEqual([]);
    expect(body.split("\n").filter((line) => /^\s*\/[a-z]/.test(line))).toEqual([]);
    expect(body).not.toMatch(/@[a-z]|(?<!\\)<img|!\[|[^\\]\]\(javascript|^```/im);
    expect(body.match(/<!-- nextrust:reply/g)).toHaveLength(1);
    expect(blockKitProblem(blocks as never)).toBeUndefined();
  });

  it("stays within a comment, however much there is to say", () => {
    const long = "word ".repeat(20_000);
    const findings = Array.from({ length: 300 }, (_, index) =>
      aKept({ fingerprint: `${index}`, title: long, path: long, reason: long, folded: "other_file" }),
    );
    const body = onGitHub(
      describeReview(told(findings, { summaries: [long, long], left: findings.map(({ path }) => ({ path, why: "too_large" })) })),
    );

    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("and 260 more");
    expect(body).toContain("Review again");
  });
});

describe("a finding beside its line", () => {
  const inline = (suggestion: string | null) =>
    describeInline(checkFindings([aSaid({ line: 3, suggestion })], [aFile("src/pay.ts", pay.before, pay.after)], 9).findings[0] as never);
  const reply = (suggestion: string | null): Reply => ({ outcome: "done", reason: "x", audience: "thread", parts: inline(suggestion) });

  it("says how bad it is, what, why, and offers what to write instead", () => {
    expect(onGitHub(reply("  await send(cents);"))).toMatchInlineSnapshot(`
      "❌ **high: The promise is not awaited**

      The error is lost.

      \`\`\`suggestion
        await send(cents);
      \`\`\`

      <!-- nextrust:reply review%3A1 -->"
    `);
  });

  it("offers the very text, byte for byte, behind a fence that it cannot end", () => {
    const suggestion = "  await send(cents); // ```` @ada <b> & *";

    expect(onGitHub(reply(suggestion))).toContain(`\n\`\`\`\`\`suggestion\n${suggestion}\n\`\`\`\`\`\n`);
  });

  it("only shows what cannot be taken as it stands", () => {
    const body = onGitHub(reply("  if (cents) {"));

    expect(body).not.toContain("```suggestion");
    expect(body).toContain("Suggestion, to be fitted in by hand:\n\n```text\n  if (cents) {\n```");
  });

  it("is an excerpt in Slack and in the terminal", () => {
    const said = reply("  await send(cents);");

    expect(blockKitProblem(renderBlockKit([{ reply: said }]).blocks as never)).toBeUndefined();
    expect(renderTerminal(said)).toContain("    await send(cents);");
  });

  it("offers nothing that a cut went through", () => {
    const parts = Array.from(
      { length: 9 },
      () => ({ kind: "excerpt", text: "  let a = 1;\n".repeat(700), language: "suggestion" }) as const,
    );
    const body = onGitHub({ ...reply(null), parts });
    const whole = `\`\`\`suggestion\n${parts[0]?.text}\n\`\`\``;

    expect(body).toContain("_Cut:");
    expect(body.split("```suggestion")).toHaveLength(body.split(whole).length);
    expect(isOurs(body)).toBe(true);
  });

  it("only shows a suggestion that is longer than an excerpt may be", () => {
    const body = onGitHub({ ...reply(null), parts: [{ kind: "excerpt", text: "x\n".repeat(20_000), language: "suggestion" }] });

    expect(body).not.toContain("```suggestion");
  });
});

describe("no review", () => {
  it("says why, and offers one where there can be one", () => {
    expect(
      onGitHub(describeSkipped({ why: "draft", words: "Drafts are not reviewed by themselves.", canForce: true }, about)),
    ).toMatchInlineSnapshot(`
      "⚪ **Not reviewed at ab12cd3**

      Drafts are not reviewed by themselves.

      Review it all the same: \` /ci-force-review gemini \`

      <!-- nextrust:reply review%3A1 -->"
    `);
    expect(describeSkipped({ why: "closed", words: "It is closed.", canForce: false }, about)).not.toHaveProperty("actions");
  });

  it("is seen as a failure where it failed, with what was found before", () => {
    const failed = describeFailed({
      ...about,
      failure: "quota",
      words: "Gemini's quota is used up until tomorrow.",
      before: { ...told([aKept()]).state, sha: before },
    });

    expect(failed).toMatchObject({ outcome: "failed", reason: "review_quota" });
    expect(onGitHub(failed)).toMatchInlineSnapshot(`
      "❌ **Gemini review of ab12cd3 failed**

      Gemini's quota is used up until tomorrow.

      The review of 9f8e7d6 before it had 1 open.

      Review again: \` /ci-force-review gemini \`

      <!-- nextrust:reply review%3A1 -->"
    `);
  });
});
