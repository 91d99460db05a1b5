import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { journalFileIn } from "../../../src/config/present.ts";
import { receipt } from "../../../src/hooks/session-start/receipt.ts";
import { captureAtEnd, captureAtStop, captureWhileWorking } from "../../../src/hooks/several-events/usage-capture.ts";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import { noTokens, plusTokens, type Tokens } from "../../../src/pipeline/usage/usage.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { anAnswer, aPromptLine, append, aRecorded, linesOf, recordedAt } from "../a-session.ts";
import { aPayload } from "../captured/payload.ts";
import { fire } from "../fire.ts";

const now = () => recordedAt;
const delegated: Tokens = { uncachedIn: 162, cacheRead: 11_272, cacheWrite5m: 3_200, cacheWrite1h: 800, out: 282, reasoning: 0 };
const resumed: Tokens = { uncachedIn: 372, cacheRead: 28_078, cacheWrite5m: 6_400, cacheWrite1h: 1_600, out: 612, reasoning: 0 };

const about = (session: string, transcript: string) => ({ session_id: session, transcript_path: transcript });
const atStop = (session: string, transcript: string, message?: string) =>
  aPayload("stop", { ...about(session, transcript), last_assistant_message: message });
const atEnd = (session: string, transcript: string) => aPayload("session-end", about(session, transcript));

const usedBy = (journal: Journal, session: string): Tokens =>
  journal.requests.byModel(session).reduce((sum, { tokens }) => plusTokens(sum, tokens), noTokens);

function toldIn(journal: Journal): Tokens {
  const usages = journal.spool.next(10_000).flatMap(({ event }) => (event.type === "usage" ? [event.usage] : []));
  expect(new Set(usages.map(({ id }) => id)).size).toBe(usages.length);
  return usages.reduce((sum, { tokens }) => plusTokens(sum, tokens), noTokens);
}

/** A path beside the checkout's files that git does not see. */
const beside = (checkout: Checkout, name: string): string => join(checkout.path, ".git", "claude", name);

describe("usage-capture", () => {
  it("reads a session and its sub-agents to the token that Claude Code itself counted", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const { session, transcript } = aRecorded("delegated", checkout);

    await captureAtStop.run(atStop(session, transcript), context);

    expect(usedBy(context.journal(), session)).toEqual(delegated);
    expect(toldIn(context.journal())).toEqual(delegated);
  });

  it("reads each request once, however often a session stops, goes on and ends", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const { session, transcript } = aRecorded("resumed", checkout);

    for (let times = 0; times < 3; times += 1) await captureAtStop.run(atStop(session, transcript), context);
    await captureAtEnd.run(atEnd(session, transcript), context);
    await captureAtEnd.run(atEnd(session, transcript), context);

    expect(context.journal().sessions.find(session)).toMatchObject({ state: "final" });
    expect(
      context
        .journal()
        .spool.next(100)
        .filter(({ event }) => event.type === "session"),
    ).toHaveLength(1);
    expect(toldIn(context.journal())).toEqual(usedBy(context.journal(), session));
  });

  it("tells at the end what Claude Code counted and wrote into no transcript, where it saw the session begin", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now: () => Date.parse("2026-11-23T06:17:20Z") });
    const { session, transcript } = aRecorded("resumed", checkout);
    await receipt.run(aPayload("session-start", about(session, transcript)), { ...context, now: () => Date.parse("2026-11-23T06:17:19Z") });

    await captureAtEnd.run(atEnd(session, transcript), context);

    expect(usedBy(context.journal(), session)).toEqual(resumed);
  });

  it("leaves out what a fork's total holds of the session that it comes from", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now: () => Date.parse("2026-11-23T06:17:30Z") });
    const origin = aRecorded("resumed", checkout);
    const fork = aRecorded("forked", checkout);
    await captureAtEnd.run(atEnd(origin.session, origin.transcript), context);
    await receipt.run(aPayload("session-start", { ...about(fork.session, fork.transcript), source: "fork" }), context);

    await captureAtEnd.run(atEnd(fork.session, fork.transcript), context);

    expect(context.journal().requests.byModel("forked")).toMatchObject([{ requests: 2 }]);
  });

  it("says of requests what the session is for, and who pays", async () => {
    using checkout = aCheckout();
    const variables = {
      ...{
        GITHUB_ACTIONS: "true",
        GITHUB_REPOSITORY: "acme/app",
        GITHUB_REF: "refs/pull/12/merge",
        GITHUB_RUN_ID: "77",
        GITHUB_RUN_ATTEMPT: "2",
      },
      ...{ GITHUB_ACTOR: "ada", ANTHROPIC_API_KEY: "sk-ant-secret" },
    };
    using context = aContext(checkout, { now, variables });
    const { session, transcript } = aRecorded("delegated", checkout);
    context.journal().phases.enter({ id: "phase-2", at: recordedAt, by: "ada" });

    await captureAtStop.run(atStop(session, transcript), context);

    expect(context.journal().spool.next(1)).toMatchObject([
      {
        event: {
          usage: {
            basis: "metered",
            repository: "acme/app",
            pullRequest: 12,
            runId: 77,
            phase: "phase-2",
            actor: "ada",
            session: "delegated",
            service: "claude-code",
          },
        },
      },
    ]);
  });

  it.each([
    [{}, {}, "subscription"],
    [{ ANTHROPIC_AUTH_TOKEN: "t" }, {}, "metered"],
    [{ ANTHROPIC_API_KEY: "" }, {}, "subscription"],
    [{ CLAUDE_CODE_USE_BEDROCK: "1" }, {}, "metered"],
    [{ CLAUDE_CODE_USE_VERTEX: "0" }, {}, "subscription"],
    [{}, { usageCapture: { basis: "metered" } }, "metered"],
  ])("takes %j with settings %j for %s", async (variables, settings, basis) => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, variables, settings });
    append(beside(checkout, "s-1.jsonl"), anAnswer("1"));

    await captureAtStop.run(atStop("s-1", beside(checkout, "s-1.jsonl")), context);

    expect(context.journal().requests.ofSession("s-1")).toMatchObject([{ basis }]);
  });

  it("waits for the last answer, which Claude Code writes only after it has said that it stops", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    append(transcript, anAnswer("1", { text: "Let me see." }));
    const writer = spawn(process.execPath, [
      "-e",
      "setTimeout(() => fs.appendFileSync(process.argv[1], process.argv[2]), 300)",
      transcript,
      `${anAnswer("2", { text: "All done." })}\n`,
    ]);
    const written = new Promise((resolve) => writer.once("close", resolve));

    await captureAtStop.run(atStop("s-1", transcript, "All done."), context);

    expect(
      context
        .journal()
        .requests.ofSession("s-1")
        .map(({ id }) => id),
    ).toEqual(["anthropic:msg_1", "anthropic:msg_2"]);
    await written;
  });

  it("goes on after a second without the last answer, and reads it the next time", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    append(transcript, anAnswer("1", { text: "Let me see." }));
    const begun = performance.now();

    await captureAtStop.run(atStop("s-1", transcript, "All done."), context);

    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(context.journal().requests.ofSession("s-1")).toHaveLength(1);
    append(transcript, anAnswer("2", { text: "All done." }));
    await captureAtEnd.run(atEnd("s-1", transcript), context);
    expect(context.journal().requests.ofSession("s-1")).toHaveLength(2);
  });

  it("does not wait again for an answer that it has read", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    append(transcript, anAnswer("1", { text: "All done." }));
    await captureAtStop.run(atStop("s-1", transcript, "All done."), context);
    const begun = performance.now();

    await captureAtStop.run(atStop("s-1", transcript, "All done."), context);

    expect(performance.now() - begun).toBeLessThan(300);
  });

  it("reads while a turn goes on, but no more often than the settings say", async () => {
    using checkout = aCheckout();
    let at = recordedAt;
    using context = aContext(checkout, { now: () => at, settings: { usageCapture: { everySeconds: 10 } } });
    const transcript = beside(checkout, "s-1.jsonl");
    const used = async (answer: string) => {
      append(transcript, anAnswer(answer));
      await captureWhileWorking.run(aPayload("post-tool-use", about("s-1", transcript)), context);
      return context.journal().requests.ofSession("s-1").length;
    };

    const counts = [await used("1"), await used("2")];
    at += 10_000;
    counts.push(await used("3"));

    expect(counts).toEqual([1, 1, 3]);
  });

  it.each([
    ["is not there", () => {}, "it is not there"],
    ["is a folder", (path: string) => mkdirSync(path, { recursive: true }), "it is no file"],
    ["is a link", (path: string) => symlinkSync("/etc/hosts", path), "it is a link"],
    [
      "is one line of a gigabyte",
      (path: string) => {
        writeFileSync(path, "{");
        truncateSync(path, 2 ** 30);
      },
      "a line in it is without an end",
    ],
  ])("writes down that a transcript %s, and lets the session go on", async (_, make, reason) => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    append(beside(checkout, "other.jsonl"));
    make(beside(checkout, "s-1.jsonl"));

    await captureAtStop.run(atStop("s-1", beside(checkout, "s-1.jsonl")), context);

    expect(context.journal().sessions.find("s-1")).toMatchObject({ captureFailed: { reason, times: 1 } });
    expect(context.notes).toContainEqual({ message: "usage could not be read", reason, times: 1 });
  });

  it.runIf(process.getuid?.() !== 0)("writes down that a transcript may not be read", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    append(beside(checkout, "s-1.jsonl"), anAnswer("1"));
    chmodSync(beside(checkout, "s-1.jsonl"), 0);

    await captureAtStop.run(atStop("s-1", beside(checkout, "s-1.jsonl")), context);

    expect(context.journal().sessions.find("s-1")).toMatchObject({ captureFailed: { reason: "it may not be read by this account" } });
  });

  it("opens nothing but a transcript", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });

    await captureAtStop.run(atStop("s-1", "/etc/passwd"), context);

    expect(context.journal().sessions.find("s-1")).toMatchObject({ captureFailed: { reason: "it is no file of JSON lines (*.jsonl)" } });
  });

  it("leaves to the end what failed three times at a commit", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    for (let times = 0; times < 3; times += 1) await captureAtStop.run(atStop("s-1", transcript), context);
    append(transcript, anAnswer("1"));

    await captureAtStop.run(atStop("s-1", transcript), context);
    const stopped = context.journal().requests.ofSession("s-1").length;
    await captureAtEnd.run(atEnd("s-1", transcript), context);

    expect([stopped, context.journal().requests.ofSession("s-1").length]).toEqual([0, 1]);
    expect(context.journal().sessions.find("s-1")?.captureFailed).toBeUndefined();
  });

  it("tries anew after clear-backoff, and counts no try of the end of a session", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout, { now });
    const commit = checkout.git("rev-parse", "HEAD");
    const missing = beside(checkout, "gone.jsonl");
    await captureAtEnd.run(atEnd("s-0", missing), context);
    for (let times = 0; times < 3; times += 1) await captureAtStop.run(atStop("s-1", missing), context);
    const { backoff, requests } = context.journal();
    append(beside(checkout, "s-2.jsonl"), anAnswer("1"));

    const tries = backoff.newest(5);
    backoff.clear(commit);
    await captureAtStop.run(atStop("s-2", beside(checkout, "s-2.jsonl")), context);

    expect(tries).toMatchObject([{ commit, tried: "usage capture", times: 3 }]);
    expect(requests.ofSession("s-2")).toHaveLength(1);
  });

  it("leaves a line that is still being written for the next time", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    const answer = anAnswer("1");
    append(transcript, "{broken json}");
    writeFileSync(transcript, answer.slice(0, 100), { flag: "a" });
    await captureAtStop.run(atStop("s-1", transcript), context);
    writeFileSync(transcript, `${answer.slice(100)}\n`, { flag: "a" });

    await captureAtStop.run(atStop("s-1", transcript), context);

    expect(context.journal().requests.ofSession("s-1")).toMatchObject([{ id: "anthropic:msg_1", tokens: { out: 20 } }]);
  });

  it("keeps of copies of a request the fullest, as it streams and in files of sub-agents", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    append(transcript, aPromptLine("p-1"), anAnswer("1", { out: 1 }));
    await captureAtStop.run(atStop("s-1", transcript), context);
    append(transcript, anAnswer("1", { out: 20 }));
    append(beside(checkout, "s-1/subagents/agent-a.jsonl"), anAnswer("1", { out: 20 }), anAnswer("2", { out: 5 }));

    await captureAtStop.run(atStop("s-1", transcript), context);

    expect(context.journal().requests.ofSession("s-1")).toMatchObject([
      { id: "anthropic:msg_1", tokens: { out: 20 }, prompt: "p-1" },
      { id: "anthropic:msg_2", isSidechain: true },
    ]);
    expect(toldIn(context.journal()).out).toBe(25);
  });

  it("tells a request that was captured and lost before it was marked once only", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    append(transcript, anAnswer("1"), anAnswer("2"));
    const journal = context.journal();
    const killed: Journal = {
      ...journal,
      marks: {
        ...journal.marks,
        move: () => {
          throw new Error("killed");
        },
      },
    };
    await expect(captureAtStop.run(atStop("s-1", transcript), { ...context, journal: () => killed })).rejects.toThrow("killed");
    const left = journal.requests.ofSession("s-1").length + journal.spool.next(10).length;

    await captureAtStop.run(atStop("s-1", transcript), context);

    expect([left, journal.requests.ofSession("s-1").length]).toEqual([0, 2]);
  });

  it("counts exactly when 20 hooks stop one session at once", async () => {
    using checkout = aCheckout({ "config/nextrust.yml": "hooks: { off: [deliver] }\n" });
    const { session, transcript } = aRecorded("delegated", checkout);

    const fired = await Promise.all(Array.from({ length: 20 }, () => fire("stop", atStop(session, transcript), { cwd: checkout.path })));

    const journal = openJournal(journalFileIn(join(checkout.path, ".nextrust")));
    expect(fired.every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect([usedBy(journal, session), toldIn(journal)]).toEqual([delegated, delegated]);
    journal.close();
  });

  it("reads 10 MB behind its mark well within 100 ms", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const transcript = beside(checkout, "s-1.jsonl");
    const filler = linesOf("resumed")
      .filter((line) => !line.includes('"cost-state"'))
      .join("\n");
    append(transcript, ...Array.from({ length: Math.ceil(10_000_000 / filler.length) }, () => filler));
    await captureAtStop.run(atStop("s-1", transcript), context);
    append(transcript, anAnswer("last"));
    const begun = performance.now();

    await captureAtStop.run(atStop("s-1", transcript), context);

    expect(performance.now() - begun).toBeLessThan(100);
    expect(context.journal().requests.sessionOf("anthropic:msg_last")).toBe("s-1");
  });
});
