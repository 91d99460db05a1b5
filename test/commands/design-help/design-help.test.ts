import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../../src/commands/command.ts";
import type { DesignQuestion } from "../../../src/commands/design-help/question.ts";
import { designHelp } from "../../../src/commands/design-help.ts";
import { type DesignWish, wishId } from "../../../src/pipeline/design/wish.ts";
import type { PhasePlan } from "../../../src/pipeline/phases/phases.ts";
import type { Pipeline } from "../../../src/pipeline/pipelines.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import type { Reply } from "../../../src/reply.ts";
import { type Designing, startDesigning, wordsOf } from "../../pipeline/design/designing.ts";

const pipeline: Pipeline = {
  repository: "acme/shop",
  headSha: "ab12cd3",
  headUrl: "https://x.test",
  subject: {
    kind: "pull_request",
    number: 12,
    title: "Split the linker",
    url: "",
    state: "open",
    author: "ada",
    branch: "x",
    isFork: false,
  },
  counts: {},
  jobs: [],
};
const plan: PhasePlan = {
  repository: "acme/shop",
  phases: [
    { id: "phase-1", name: "Environment Setup", deliverables: [] },
    { id: "phase-2", name: "LLVM Backend", deliverables: [] },
  ],
};
const aContext = (changes: Partial<Context> = {}): Context =>
  ({
    actor: { key: "github:1", name: "ada", surface: "github", account: { id: 1, login: "ada" } },
    target: { repository: "acme/shop", pullRequest: 12, isHome: true },
    intent: "comment-1",
    place: { message: "reply:comment-1", ordinal: 0 },
    prefix: "/ci-",
    commands: [],
    showsInternals: true,
    ...changes,
  }) as unknown as Context;

let designing: Designing;
let above: bigint;
let plans: PhasePlan | undefined;
beforeEach(async () => {
  designing = await startDesigning();
  above = parseUsd("10") ?? 0n;
  plans = undefined;
});
afterEach(() => designing.close());

const services = () =>
  ({
    ...designing.services,
    askAbovePico: above,
    phasePlans: { of: () => plans },
    pipelines: { ofPullRequest: async (_: string, number: number) => (number === 12 ? pipeline : undefined) },
  }) as unknown as Parameters<typeof designHelp.run>[2];

const ask = (wanted: Partial<DesignQuestion> = {}, context = aContext()) =>
  designHelp.ask?.({ question: "How?", isForced: false, ...wanted }, context, services());

/** As the dispatch has it: it is asked about first, and then run. */
async function give(wanted: Partial<DesignQuestion> = {}, context = aContext()): Promise<{ reply: Reply; wish: DesignWish }> {
  const asked = await ask(wanted, context);
  if (!asked || "parts" in asked) throw new Error("It asks first.");
  const reply = await designHelp.run({ question: "How?", isForced: false, ...wanted }, context, services(), asked.agreedTo);
  return { reply, wish: designing.jobs.at(-1)?.payload as unknown as DesignWish };
}

describe("design-help", () => {
  it("answers at once who is asked, with how much and at most for how much", async () => {
    const { reply } = await give();

    expect(reply).toMatchObject({ outcome: "queued", audience: "thread" });
    expect(wordsOf(reply)).toMatch(/^Asking OpenAI \(o3\) for approaches: about [\d,]+ tokens, at most \$2\.00\. The answer comes here/);
    expect(wordsOf((await give({}, aContext({ intent: "comment-2", showsInternals: false }))).reply)).not.toContain("$");
  });

  it("gives the model the pull request, its first error and the phase, and hides secrets of ours", async () => {
    plans = plan;
    const job = { jobId: 1, name: "lint", url: "", firstError: "E0308: mismatched types", failedTests: [], moreFailedTests: 0 };
    const diagnosis = {
      repository: "acme/shop",
      runId: 7,
      attempt: 1,
      headSha: "ab12cd3",
      verdict: "yours",
      evidence: [],
      jobs: [job],
    } as const;
    await designing.tx((tx) => tx.diagnoses.put({ ...diagnosis, moreJobs: 0, at: designing.now }, "pull:12"));

    const { wish } = await give({ question: "How with the-secret-of-the-bot?", below: "What I tried." });

    expect(wish.input).toEqual({
      question: "How with ***?",
      phase: "phase-1 Environment Setup; next comes phase-2 LLVM Backend",
      context:
        "It is about the pull request #12 of acme/shop: Split the linker\nThere the job lint failed, and its first error is: E0308: mismatched types\nWritten below the question:\nWhat I tried.",
    });
    expect(wish.about).toEqual({ repository: "acme/shop", pullRequest: 12, headSha: "ab12cd3", phase: "phase-1", actor: "ada" });
    expect((await give({ phase: "phase-2", error: "boom" })).wish.id).toBe(wishId("comment-1"));
  });

  it("is one job, however often the command is run", async () => {
    await give();
    await give();

    expect(designing.jobs).toHaveLength(1);
  });

  it.each([
    [true, "costs at most $2.00."],
    [false, "costs more than is asked for without a word."],
  ])("asks first above what may be spent without a word (%s)", async (showsInternals, words) => {
    above = (parseUsd("2") ?? 0n) - 1n;

    const question = await ask({}, aContext({ showsInternals }));

    expect(question).toMatchObject({ label: "Ask it", parts: [{ text: expect.stringContaining(words) }] });
    above += 1n;
    expect(await ask()).not.toHaveProperty("parts");
  });

  it("asks nothing first, and is held up by nothing, where the same was answered before", async () => {
    await designing.reply();
    const { wish } = await give();
    await designing.run(wish);
    above = 0n;

    const { reply } = await give({}, aContext({ intent: "comment-2" }));

    expect(wordsOf(reply)).toBe("This was asked before: the answer of 2026-11-23 12:00 UTC comes here in a moment.");
    await expect(ask({ isForced: true }, aContext({ intent: "comment-3" }))).rejects.toMatchObject({ reason: "design_cooldown" });
  });

  it.each<[string, Partial<DesignQuestion>, Partial<Context>, object]>([
    ["a phase that is not there", { phase: "phase-9" }, {}, { outcome: "invalid", reason: "unknown_phase" }],
    [
      "a pull request that is not there",
      {},
      { target: { repository: "acme/shop", pullRequest: 99, isHome: true } },
      { outcome: "not_applicable", reason: "target_not_found" },
    ],
  ])("refuses %s", async (_, wanted, context, refusal) => {
    plans = plan;

    await expect(ask(wanted, aContext(context))).rejects.toMatchObject(refusal);
  });

  it("says at once where nobody can be asked, and what to do", async () => {
    designing.channel.remove();

    await expect(ask()).rejects.toMatchObject({
      outcome: "not_applicable",
      reason: "ai_not_configured",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
  });

  it("is refused at once past its limits, with when", async () => {
    await designing.reply();
    const { wish } = await give();
    await designing.run(wish);

    await expect(ask({ question: "Another?" }, aContext({ intent: "comment-2" }))).rejects.toMatchObject({
      outcome: "refused",
      reason: "design_cooldown",
      message: expect.stringContaining("It may be asked again at 2026-11-23 12:30 UTC."),
    });
  });

  it("knows no phase where none is configured", async () => {
    expect((await give()).wish.input.phase).toBeUndefined();
    await expect(ask({ phase: "phase-1" })).rejects.toMatchObject({ reason: "no_phases" });
  });
});
