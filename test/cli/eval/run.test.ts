import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compareCards } from "../../../src/cli/eval/compare.ts";
import type { EvalSet } from "../../../src/cli/eval/read-set.ts";
import { type EvalPorts, runEval } from "../../../src/cli/eval/run.ts";
import { readScorecard, writeScorecard } from "../../../src/cli/eval/scorecard.ts";
import { printCard, printComparison } from "../../../src/cli/eval/to-words.ts";
import { packagedPriceBook } from "../../../src/config/read-price-book.ts";
import type { Prompt } from "../../../src/pipeline/ai/prompt.ts";
import type { Provider, ProviderAnswer } from "../../../src/pipeline/ai/provider.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";
import { aDiff, aFailure } from "./some-cases.ts";

const usd = 10n ** 12n;
const set: EvalSet = {
  failures: [aFailure("a", ["fix_change"]), aFailure("b", ["retry"])],
  diffs: [aDiff("bad", { from: 10, to: 10 }), aDiff("clean")],
  digest: "0".repeat(64),
};
const folder = mkdtempSync(join(tmpdir(), "nextrust-eval-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const aPrompt = (purpose: "triage" | "review", data: string) =>
  ({ purpose, version: 1, instructions: "Look.", data, schema: {}, read: (answer: unknown) => answer as never }) satisfies Prompt<unknown>;

type Script = (data: string, count: number) => unknown;

/** A model that says what the script says; an Error's message is the failure. */
function scripted(script: Script, tokensOut = 100): { ports: EvalPorts; asked: () => number; told: string[]; stop: AbortController } {
  let count = 0;
  const [told, stop] = [[] as string[], new AbortController()];
  const provider: Provider = {
    service: "openai-api",
    name: "Scripted",
    vendor: "anthropic",
    basis: "metered",
    overheadTokens: 0,
    mostRequests: 1,
    look: async () => [],
    async ask({ prompt, model }) {
      count += 1;
      const said = script(prompt.data, count);
      if (said instanceof Error)
        return { kind: "failed", failure: said.message, detail: "as scripted", spent: [] } as ProviderAnswer<never>;
      const spent = [{ id: `s:${count}`, model, tokens: { ...noTokens, uncachedIn: 1_000, out: tokensOut } }];
      return { kind: "answered", value: said as never, model, spent };
    },
  };
  const channel = {
    name: "claude",
    providers: [provider],
    models: [{ id: "claude-opus-5-5" }],
    deadlineMs: 600_000,
    mostOut: 1_000,
  } as const;
  const ports: EvalPorts = {
    channels: { of: (name) => (name === "o3" ? undefined : channel) },
    prompts: {
      triage: ({ jobs }) => aPrompt("triage", jobs[0]?.excerpt ?? ""),
      review: ({ title }) => aPrompt("review", title),
    },
    book: packagedPriceBook(),
    now: () => Date.parse("2026-11-23T10:00:00Z"),
    tell: (sentence) => told.push(sentence),
    onAsked: () => {},
    stop: stop.signal,
  };
  return { ports, asked: () => count, told, stop };
}

const decision = (action: string, line: string) => ({ action, workflow: null, confidence: 0.9, cause: "c", evidence: [line] });
const finding = { severity: "high", path: "a.go", line: 10, endLine: null, title: "t", reason: "r", suggestion: null };
const right: Script = (data) =>
  data === "bad" || data === "clean"
    ? { summary: "s", findings: data === "bad" ? [finding] : [] }
    : decision(data.includes("error: a") ? "fix_change" : "retry", data.split("\n").find((line) => line.startsWith("error")) ?? "");

describe("a run", () => {
  it("asks every case, and its scorecard holds what each said and cost", async () => {
    const { ports, asked, told } = scripted(right);

    const card = await runEval(set, { set: "all", repeat: 1 }, usd, ports);

    expect(asked()).toBe(4);
    expect(told[0]).toContain("4 questions to claude-opus-5-5 (Scripted), triage@1 and claude-opus-5-5 (Scripted), review@1: at most $");
    expect(card.outcomes.map(({ isRight }) => isRight)).toEqual([true, true, true, true]);
    // 1,000 tokens at $4 and 100 at $20 for a million: $0.006 a call.
    expect(card.groups.map(({ spent }) => spent.costPico)).toEqual([((usd * 12n) / 1000n).toString(), ((usd * 12n) / 1000n).toString()]);
    expect(card.stoppedBy).toBeNull();
    expect(printCard(card, 100)).toContain("Always retry once");
  });

  it("gives a scorecard that is read again as it was", async () => {
    const card = await runEval(set, { set: "all", repeat: 2 }, usd, scripted(right).ports);
    const file = join(folder, "card.json");
    writeFileSync(file, writeScorecard(card));

    expect(readScorecard(file)).toEqual(card);
    expect(card.outcomes).toHaveLength(8);
    writeFileSync(file, JSON.stringify({ ...card, version: 2 }));
    expect(() => readScorecard(file)).toThrow("is no scorecard of this version: version");
  });

  it("asks nothing where it may cost more than it may", async () => {
    const { ports, asked, told } = scripted(right);

    await expect(runEval(set, { set: "all", repeat: 1 }, 1_000n, ports)).rejects.toThrow("more than the <$0.01 of --max-usd");

    expect([asked(), told.length]).toEqual([0, 1]);
  });

  it("counts what failed by kind, and goes on", async () => {
    const { ports } = scripted((data, count) => (count === 1 ? new Error("wrong_shape") : right(data, count)));

    const card = await runEval(set, { set: "triage", repeat: 1 }, usd, ports);

    expect(card.groups[0]?.spent).toMatchObject({ calls: 2, answered: 1, failed: { wrong_shape: 1 }, callsWithoutCost: 1 });
    expect(card.outcomes.map(({ isRight }) => isRight)).toEqual([false, true]);
  });

  it("ends where every further call fails alike, and names what was not asked", async () => {
    const { ports, asked } = scripted(() => new Error("unauthorised"));

    const card = await runEval(set, { set: "all", repeat: 1 }, usd, ports);

    expect(asked()).toBe(1);
    expect(card.stoppedBy).toContain("Scripted does not take our key or login.");
    expect(card.notAsked).toEqual(["b", "bad", "clean"]);
    expect(card.groups[0]?.spent).toMatchObject({ costPico: "0", callsWithoutCost: 0 });
  });

  it("asks no more once an answer was dearer than it could be", async () => {
    // 100,000 tokens at $20 for a million: $2 for the first answer alone.
    const { ports, asked } = scripted(right, 100_000);

    const card = await runEval(set, { set: "all", repeat: 1 }, usd, ports);

    expect([asked(), card.notAsked]).toEqual([1, ["b", "bad", "clean"]]);
    expect(card.stoppedBy).toContain("the next question could go beyond $1.00");
  });

  it("takes a call of unknown cost for as dear as it can be", async () => {
    const { ports, told } = scripted(right);
    await runEval(set, { set: "triage", repeat: 1 }, usd, ports);
    expect(told[0]).toMatch(/at most \$0\.0[4-6]\.$/);
    const late = scripted((data, count) => (count === 1 ? new Error("timeout") : right(data, count)), 1_500);

    // Four fit by the estimate. The first may have taken all of its part and the next two were dearer, so that no room is left for the fourth.
    const card = await runEval(set, { set: "triage", repeat: 2 }, (usd * 105n) / 1000n, late.ports);

    expect(card.outcomes.map(({ costPico }) => costPico === null)).toEqual([true, false, false]);
    expect(card.stoppedBy).not.toBeNull();
  });

  it("keeps what was answered when somebody stops it", async () => {
    const { ports, stop } = scripted((data, count) => {
      if (count === 2) stop.abort();
      return count === 2 ? new Error("timeout") : right(data, count);
    });

    const card = await runEval(set, { set: "all", repeat: 1 }, usd, ports);

    expect(card.outcomes.map((outcome) => outcome.case)).toEqual(["a"]);
    expect([card.stoppedBy, card.notAsked]).toEqual(["You stopped it.", ["b", "bad", "clean"]]);
  });

  it("says which variable to set where nobody can be asked", async () => {
    await expect(runEval(set, { set: "triage", channel: "o3", repeat: 1 }, usd, scripted(right).ports)).rejects.toThrow(
      "Set OPENAI_API_KEY.",
    );
  });

  it("keeps no secret that a model repeats", async () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    const { ports } = scripted((data) => decision("retry", `${data.slice(0, 5)} ${token}`));

    const card = await runEval(set, { set: "triage", repeat: 1 }, usd, ports);

    expect(writeScorecard(card)).not.toContain(token);
  });
});

describe("the command", () => {
  const main = join(import.meta.dirname, "../../../src/main.ts");
  const nextrust = (...words: string[]) =>
    spawnSync(process.execPath, [main, "eval", ...words], { cwd: folder, env: { PATH: process.env.PATH ?? "" }, encoding: "utf8" });

  it("compares two scorecards without a key, and ends with 1 where fewer are right than wanted", async () => {
    const good = await runEval(set, { set: "all", repeat: 1 }, usd, scripted(right).ports);
    const bad = await runEval(set, { set: "triage", repeat: 1 }, usd, scripted(() => decision("retry", "x")).ports);
    for (const [name, card] of Object.entries({ good, bad })) writeFileSync(join(folder, `${name}.json`), writeScorecard(card));

    const { status, stdout } = nextrust("--compare", "good.json", "bad.json", "--format", "json", "--fail-under", "0.9");

    expect(JSON.parse(stdout)).toMatchObject({ worse: [{ case: "a", before: "right", after: "wrong" }], better: [] });
    expect(status).toBe(1);
    expect(nextrust("--compare", "bad.json", "good.json", "--fail-under", "0.9").status).toBe(0);
  });

  it("lists the cases without a key, and says what is missing to ask them", () => {
    expect(nextrust("--list").stdout).toContain("cargo build: compile error");

    const { status, stderr } = nextrust("--channel", "o3");

    expect([status, stderr]).toEqual([1, expect.stringContaining("Set OPENAI_API_KEY.")]);
  });
});

describe("a comparison", () => {
  it("tells case by case what got better or worse", async () => {
    const all = await runEval(set, { set: "all", repeat: 1 }, usd, scripted(right).ports);
    const lazy = await runEval(
      set,
      { set: "all", repeat: 1 },
      usd,
      scripted((data) => (data === "bad" || data === "clean" ? { summary: "", findings: [finding] } : decision("retry", "x"))).ports,
    );

    const comparison = compareCards(lazy, all);

    expect(comparison.better.map((each) => each.case)).toEqual(["clean", "a"]);
    expect(comparison.worse).toEqual([]);
    expect(compareCards(all, lazy).worse.map((each) => each.case)).toEqual(["clean", "a"]);
    expect(printComparison(comparison, 120)).toMatch(/Better: 2[\s\S]*triage {2}a {6}wrong {3}right/);
  });

  it("says where the sets differ", async () => {
    const card = await runEval(set, { set: "triage", repeat: 1 }, usd, scripted(right).ports);
    const other = { ...card, setDigest: "1".repeat(64), outcomes: card.outcomes.slice(1) };

    expect(compareCards(card, other)).toMatchObject({ isSameSet: false, only: { before: ["triage/a"], after: [] } });
    expect(printComparison(compareCards(card, other))).toContain("The two are of different sets");
  });
});
