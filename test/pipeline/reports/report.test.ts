import { describe, expect, it } from "vitest";
import { describeReport } from "../../../src/pipeline/reports/describe-report.ts";
import { type ReportData, report } from "../../../src/pipeline/reports/report.ts";
import type { UsageIn } from "../../../src/pipeline/reports/usage-in.ts";
import type { UsageSum } from "../../../src/pipeline/usage/ledger.ts";
import { type Chart, cellWords, type Part } from "../../../src/reply.ts";
import { aGroup, aSum, usd } from "./a-usage-sum.ts";

const at = (moment: string): number => Date.parse(moment);
const week = { since: at("2026-11-16"), until: at("2026-11-23") };
const roi = { hourlyRateUsd: 120, minutesSavedPerSession: { low: 10, mid: 30, high: 45 } };
const none = {
  whole: undefined,
  by: { model: [], service: [], phase: [], pr: [], actor: [], session: [] },
  ofBasis: { metered: undefined, subscription: undefined, free: undefined },
};

const used = (whole: UsageSum | undefined, by: Partial<UsageIn["by"]> = {}, ofBasis: Partial<UsageIn["ofBasis"]> = {}): UsageIn => ({
  whole,
  by: { ...none.by, ...by },
  ofBasis: { ...none.ofBasis, ...ofBasis },
});
const dollars = (amount: string, changes: Parameters<typeof aSum>[0] = {}) => aSum({ costPico: { metered: usd(amount) }, ...changes });

const aReport = (data: Partial<ReportData> = {}) =>
  report(week, { now: used(dollars("41.20", { sessions: 27 })), before: used(dollars("36.10")), days: [], unpriced: [], roi, ...data });
const told = (data: Partial<ReportData> = {}) => describeReport(aReport(data), { zone: "UTC", secrets: ["sesame-open"] }).parts;

const linesOf = (part: Part): readonly string[] => {
  if (part.kind === "text") return [part.text];
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`);
  if (part.kind !== "table") return [];
  return [part.columns.join(" | "), ...part.rows.map(({ cells }) => cells.map(cellWords).join(" | ")), ...(part.more ? [part.more] : [])];
};
const lines = (data: Partial<ReportData> = {}) => told(data).flatMap(linesOf);
const factOf = (label: string, data: Partial<ReportData> = {}) =>
  lines(data)
    .find((line) => line.startsWith(`${label}: `))
    ?.slice(label.length + 2);

describe("the report of a week", () => {
  it("says what was spent and what changed first, which is what a phone shows", () => {
    expect(lines()[0]).toBe("AI usage 16–22 November 2026: $41.20, $5.10 more (+14.1 %) than before");
  });

  it.each([
    ["the first week ever has nothing to stand beside", used(undefined), "$41.20", "$41.20"],
    ["nothing was billed before", used(dollars("0")), "$41.20, $41.20 more than before", "$41.20 ($0.00 before)"],
    ["it was the same", used(dollars("41.20")), "$41.20, as much as before", "$41.20 ($41.20 before)"],
  ])("divides by nothing that is not there: %s", (_, before, headline, spend) => {
    expect(lines({ before })[0]).toBe(`AI usage 16–22 November 2026: ${headline}`);
    expect(factOf("Spend", { before })).toBe(spend);
  });

  it.each([
    [26, ["gpt-9"], "$41.20 for 97.4 % of tokens; unpriced: gpt-9"],
    [1_000, ["gpt-9", "x"], "unknown: no price for gpt-9, x"],
    [500, ["a", "b", "c", "d", "e", "f", "g"], "$41.20 for 50.0 % of tokens; unpriced: a, b, c, d, e and 2 more"],
    [26, [`evil\n${"x".repeat(100)}`], `$41.20 for 97.4 % of tokens; unpriced: evil ${"x".repeat(54)}…`],
    [26, ["sesame-open"], "$41.20 for 97.4 % of tokens; unpriced: ***"],
  ])("says for how many tokens it speaks when %i of 1000 have no price", (unpricedTokens, unpriced, words) => {
    const now = used(dollars("41.20", { unpricedTokens }));

    expect(factOf("Spend", { now, before: used(undefined), unpriced })).toBe(words);
  });

  it("never says $0.00 of something", () => {
    expect(factOf("Spend", { now: used(aSum({ costPico: { metered: 1n } })), before: used(undefined) })).toBe("<$0.01");
  });

  it("shows what a subscription paid and what was free apart, and adds neither up", () => {
    const now = used(dollars("5", { costPico: { metered: usd("5"), subscription: usd("80") } }), {}, { free: aSum() });

    expect(aReport({ now }).spend.now).toBe(usd("5"));
    expect(factOf("By subscription", { now })).toBe("$80.00 at list prices, not billed by request ($0.00 before)");
    expect(factOf("Free", { now })).toBe("1,000 tokens");
  });

  it("counts in list prices, and says so, where subscriptions paid for all", () => {
    const paid = (amount: string) => used(aSum({ costPico: { metered: 0n, subscription: usd(amount) } }));

    expect(lines({ now: paid("80"), before: paid("100") })[0]).toContain("$80.00 at list prices, $20.00 less (-20.0 %) than before");
    expect(factOf("Spend", { now: paid("80"), before: used(undefined) })).toBe("$80.00 at list prices, billed by subscription");
  });

  it("says how much was read from caches", () => {
    expect(factOf("Read from caches")).toBe("66.7 % of what went in");
    expect(
      factOf("Read from caches", { now: used(dollars("1", { tokens: { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0 } })) }),
    ).toBeUndefined();
  });

  it.each<[string, ReportData["pulls"], string, string]>([
    ["unknown, never nothing", undefined, "unknown: GitHub did not say how they ended", "unknown: GitHub did not say how they ended"],
    [
      "unknown where GitHub knew none",
      { merged: [], abandoned: [], unknown: 2 },
      "unknown: GitHub did not say how they ended",
      "unknown: GitHub did not say how they ended",
    ],
    ["none", { merged: [], abandoned: [], unknown: 0 }, "none with usage was merged", "none with usage"],
    [
      "what they cost from their beginning on",
      { merged: [aGroup("o/r#1", "10"), aGroup("o/r#2", "2.30")], abandoned: [aGroup("o/r#3", "3.20")], unknown: 1 },
      "$6.15 ($12.30 in all, 2 merged)",
      "$3.20 on 1",
    ],
  ])("says of merged and given up pull requests: %s", (_, pulls, merged, abandoned) => {
    expect(factOf("Per merged pull request", { pulls })).toBe(merged);
    expect(factOf("Pull requests closed unmerged", { pulls })).toBe(abandoned);
    expect(factOf("It is not known how they ended of", { pulls })).toBe(pulls?.merged[0] && "1 other pull request");
  });

  it("says what was spent for each incident that was fixed, and how fast incidents were taken", () => {
    const acknowledged = { of: 3, never: 1, p50: 240_000, p90: 600_000 };

    expect(factOf("Per incident that was fixed")).toBe("unknown: no repository's failures are followed");
    expect(factOf("Per incident that was fixed", { incidents: { fixed: 0, acknowledged } })).toBe("none was fixed");
    expect(factOf("Per incident that was fixed", { incidents: { fixed: 4, acknowledged } })).toBe("$10.30 ($41.20 in all, 4 fixed)");
    expect(factOf("Time to acknowledge", { incidents: { fixed: 4, acknowledged } })).toBe(
      "p50 4 min, p90 10 min; nobody acknowledged 1 of 3",
    );
  });

  it("names what moved by both, and says what the others came to; what is alone moved as the whole did", () => {
    const now = used(dollars("10"), {
      model: [aGroup("opus", "6"), aGroup("haiku", "2"), aGroup("o3", "1"), aGroup("gemini", "1")],
      service: [aGroup("claude-code", "10")],
      phase: [aGroup(undefined, "9"), aGroup("phase-2", "1")],
    });
    const before = used(dollars("6.60"), {
      model: [aGroup("opus", "1"), aGroup("haiku", "5"), aGroup("o3", "0.30"), aGroup("gemini", "0.30")],
      service: [aGroup("claude-code", "6.60")],
      phase: [aGroup(undefined, "6.60")],
    });

    const table = told({ now, before }).find((part) => part.kind === "table" && part.columns[1] === "Change");

    expect(table && linesOf(table)).toEqual([
      "What | Change | Before → now",
      "model opus | +$5.00 | $1.00 → $6.00",
      "model haiku | -$3.00 | $5.00 → $2.00",
      "model gemini | +$0.70 | $0.30 → $1.00",
      "no phase | +$2.40 | $6.60 → $9.00",
      "phase phase-2 | +$1.00 | $0.00 → $1.00",
      "Others that moved: 1 model +$0.70",
    ]);
  });

  it("names the dearest, without a reference that GitHub would follow", () => {
    const now = used(dollars("9"), {
      pr: [aGroup("o/r#12", "4"), aGroup(undefined, "5")],
      session: [aGroup("s1", "9"), aGroup("s2", "0")],
    });

    expect(lines({ now })).toEqual(
      expect.arrayContaining(["Dearest pull requests and sessions", "o/r PR 12 | $4.00", "session s1 | $9.00"]),
    );
    expect(lines({ now }).join()).not.toContain("s2");
  });

  it("draws each day by model, days without usage too, and the smallest models together", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const days = names.map((name, index) => aSum({ group: ["2026-11-18", name], costPico: { metered: usd(`${10 - index}`) } }));

    const chart = told({ days }).find((part): part is Chart => part.kind === "chart");

    expect(chart?.categories).toEqual(["Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"]);
    expect(chart?.series.map(({ name, values }) => [name, values[2], values[3]])).toEqual([
      ["a", 10, 0],
      ["b", 9, 0],
      ["c", 8, 0],
      ["d", 7, 0],
      ["e", 6, 0],
      ["2 others", 9, 0],
    ]);
  });

  it("speaks of return as three cases, each with what it assumes", () => {
    expect(lines().slice(-4)).toEqual([
      "Return, if what is assumed holds: 27 sessions; cost $41.20 billed by request. The minutes are assumed, nobody measured them.",
      "Low: 10 min saved a session: 4.5 h × $120.00 an hour = $540.00, less the cost $498.80, 13.1 × the cost",
      "Mid: 30 min saved a session: 13.5 h × $120.00 an hour = $1,620.00, less the cost $1,578.80, 39.3 × the cost",
      "High: 45 min saved a session: 20.25 h × $120.00 an hour = $2,430.00, less the cost $2,388.80, 59.0 × the cost",
    ]);
  });

  it("counts runner minutes into the cost of the return, and shows them beside", () => {
    expect(factOf("Runner minutes, besides", { runnerPico: usd("8.80") })).toBe("$8.80");
    expect(lines({ runnerPico: usd("8.80") }).at(-3)).toContain("= $540.00, less the cost $490.00, 10.8 × the cost");
  });

  it("names no return without sessions, and no ratio without cost", () => {
    expect(lines({ now: used(dollars("1", { sessions: 0 })) }).join()).not.toContain("Return");
    expect(lines({ now: used(dollars("0", { sessions: 6 })) }).at(-1)).toBe(
      "High: 45 min saved a session: 4.5 h × $120.00 an hour = $540.00, less the cost $540.00",
    );
  });
});
