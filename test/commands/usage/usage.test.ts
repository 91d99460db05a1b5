import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../src/commands/command.ts";
import { Arguments } from "../../../src/commands/grammar/arguments.ts";
import { parseSlashText } from "../../../src/commands/grammar/command-line.ts";
import { usage } from "../../../src/commands/usage.ts";
import type { LedgerEntry } from "../../../src/pipeline/usage/ledger.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { emptyBook } from "../../../src/pipeline/usage/price-book.ts";
import { type Chart, cellWords, type Part, type Reply } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anEntry } from "../../contracts/ledger.ts";

const now = Date.parse("2026-11-23T12:00:00Z");
const zone = "Europe/Berlin";
const secrets = ["sesame-open"];
const priceBook = { ...emptyBook, thresholds: { pr: { warningPico: 5n * 10n ** 12n, criticalPico: 200n * 10n ** 12n } } };

let state: EmbeddedState;
let requests = 0;
const spend = async (
  day: string,
  amount: string | undefined,
  changes: { readonly [Key in keyof LedgerEntry]?: LedgerEntry[Key] | undefined } = {},
) => {
  requests += 1;
  const costPico = amount === undefined ? undefined : parseUsd(amount);
  const entry = anEntry({ id: `anthropic:${requests}`, at: Date.parse(day), costPico, repository: "acme/shop", ...changes });
  await state.records.transaction(({ ledger }) => ledger.append([entry]));
};

beforeAll(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => now });
  await spend("2026-11-23T08:00:00Z", "4", { model: "opus", actor: "ada", pullRequest: 12, session: "s1", phase: "phase-2" });
  await spend("2026-11-17T08:00:00Z", "2", { model: "haiku", actor: "ada", pullRequest: 12, session: "s2" });
  // Monday's first hour in Berlin is Sunday's last but one here.
  await spend("2026-11-16T22:30:00Z", "9", { model: "haiku", actor: "grace", session: "s3" });
  await spend("2026-11-16T23:30:00Z", undefined, { model: "gpt-9", actor: "sesame-open", session: "s4", repository: "ACME/Shop" });
  await spend("2026-10-01T08:00:00Z", "100", { pullRequest: 12, session: "s5" });
  await spend("2026-11-20T08:00:00Z", "7000", { repository: "acme/secret" });
  await spend("2026-11-20T08:00:00Z", "500", { repository: undefined });
  await spend("2026-11-20T08:00:00Z", "30", { repository: "acme/paid", basis: "subscription" });
});
afterAll(() => state.close());

async function ask(typed = "", target: Partial<NonNullable<Context["target"]>> = {}): Promise<Reply> {
  const args = Arguments.parse(parseSlashText(`usage ${typed}`));
  const input = usage.parse(args);
  args.finish();
  const place = { repository: "acme/shop", isHome: true, ...input.target, ...target };
  return usage.run(input, { target: place } as Context, { records: state.records, money: { zone }, priceBook, secrets, now: () => now });
}

const linesOf = (part: Part): readonly string[] => {
  if (part.kind === "text") return [part.text];
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`);
  if (part.kind !== "table") return [];
  return [part.columns.join(" | "), ...part.rows.map(({ cells }) => cells.map(cellWords).join(" | ")), ...(part.more ? [part.more] : [])];
};
const lines = async (typed?: string, target?: Parameters<typeof ask>[1]) => (await ask(typed, target)).parts.flatMap(linesOf);

describe("usage", () => {
  it("shows the last seven days of the repository by model, with the share that it speaks for", async () => {
    expect(await lines()).toEqual([
      "AI usage of acme/shop in the last 7 days: $6.00 for 66.7 % of tokens; unpriced: gpt-9",
      "Requests: 3 in 3 sessions",
      "Tokens: 15.3K in, 150 out",
      "Read from caches: 58.8 % of what went in",
      "By model",
      "Model | Cost | Requests | Tokens",
      "opus | $4.00 | 1 request | 5.2K tokens",
      "haiku | $2.00 | 1 request | 5.2K tokens",
      "gpt-9 | no price known | 1 request | 5.2K tokens",
    ]);
  });

  it("says nothing of another repository, nor of what was used in none", async () => {
    expect((await lines("days=366")).join("\n")).not.toMatch(/7,000|500|secret/);
    expect((await lines("", { repository: "acme/other" }))[0]).toBe("No AI usage of acme/other is known in the last 7 days.");
    expect((await lines("#4711"))[0]).toMatch(/^No AI usage of \S+#4711 is known yet\.$/);
  });

  it("shows all that a pull request cost, by model and by session, there and where it is named", async () => {
    const here = await lines("", { pullRequest: 12 });

    expect(here[0]).toBe("AI usage of acme/shop#12 in all: $106.00");
    expect(here.filter((line) => /^By |\| Cost/.test(line))).toEqual([
      "By model",
      "Model | Cost | Requests | Tokens",
      "By session",
      "Session | Cost | Requests | Tokens",
    ]);
    expect(here).toContain("Its budget: $106.00 of $200.00 (53 %)");
    expect(await lines("#12")).toEqual(here);
    expect((await lines("#12 days=7 by=phase")).slice(-2)).toEqual([
      "phase-2 | $4.00 | 1 request | 5.2K tokens",
      "no phase | $2.00 | 1 request | 5.2K tokens",
    ]);
  });

  it.each([
    ["by=user", ["ada | $6.00 | 2 requests | 10.3K tokens", "*** | no price known | 1 request | 5.2K tokens"]],
    ["by=pr", ["acme/shop#12 | $6.00 | 2 requests | 10.3K tokens", "no pull request | no price known | 1 request | 5.2K tokens"]],
    ["by=service", ["claude-code | $6.00, partly no price known | 3 requests | 15.4K tokens"]],
    ["by=session days=1", ["s1 | $4.00 | 1 request | 5.2K tokens"]],
  ])("groups %s", async (typed, rows) => {
    expect((await lines(typed)).slice(-rows.length)).toEqual(rows);
  });

  it.each([
    ["since=2026-11-17 until=2026-11-17", "from 2026-11-17 00:00 Europe/Berlin until 2026-11-18 00:00 Europe/Berlin: $2.00 for 50.0 %"],
    ["until=2026-11-16", "until 2026-11-17 00:00 Europe/Berlin: $109.00"],
    ["since=24h", "from 2026-11-22 13:00 Europe/Berlin: $4.00"],
    ["days=1", "today: $4.00"],
  ])("takes days as they are in the zone of money: %s", async (typed, words) => {
    expect((await lines(typed))[0]).toContain(`AI usage of acme/shop ${words}`);
  });

  it("says what the month comes to at this pace, where there is enough to tell", async () => {
    const forecast = async (typed: string) => (await lines(typed)).find((line) => line.startsWith("At the end of the month"));

    expect(await forecast("since=month")).toBe(
      "At the end of the month, at this pace: too early to say: it takes a tenth of the month and five sessions",
    );
    for (const session of ["s6", "s7"]) await spend("2026-11-02T08:00:00Z", "0.50", { session, repository: "acme/month" });
    for (const session of ["a", "b", "c"]) await spend("2026-11-03T08:00:00Z", "3", { session, repository: "acme/month" });
    // 22 days and 13 hours of 30 days.
    expect((await lines("since=month", { repository: "acme/month" })).slice(0, 2)[0]).toBe("AI usage of acme/month this month: $10.00");
    const month = (await lines("since=month", { repository: "acme/month" })).find((line) => line.startsWith("At the end"));
    expect(month).toBe("At the end of the month, at this pace: $13.31");
    expect(await forecast("days=30")).toBeUndefined();
  });

  it("names what a subscription paid for as such", async () => {
    const paid = await lines("", { repository: "acme/paid" });

    expect(paid[0]).toBe("AI usage of acme/paid in the last 7 days: $30.00 at list prices, billed by subscription");
    expect(paid.at(-1)).toBe("claude-sonnet-4-5 | $30.00 by subscription | 1 request | 5.2K tokens");
  });

  it("draws the days on the clocks of the zone", async () => {
    const chart = (await ask()).parts.find((part): part is Chart => part.kind === "chart");

    expect(chart?.categories).toEqual(["Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22", "Mon 23"]);
    expect(chart?.series).toEqual([
      { name: "opus", values: [0, 0, 0, 0, 0, 0, 4] },
      { name: "haiku", values: [2, 0, 0, 0, 0, 0, 0] },
    ]);
  });

  it("offers what else one may want to know, of the same repository", async () => {
    expect((await ask("by=pr")).actions).toEqual([{ label: "By person", command: "usage by=user acme/shop@" }]);
    expect((await ask("#12")).actions).toEqual([{ label: "The whole repository", command: "usage acme/shop@" }]);
  });

  it.each([
    ["days=0", "“0” is no number of days: it is a whole number from 1 to 366."],
    ["days=7 since=month", "It is either days= or since= and until=."],
    ["since=yesterday", "“yesterday” is no time for since."],
    ["since=2026-11-20 until=2026-11-19", "Nothing lies between since and until"],
    ["by=cost", "It may be model, phase, user, service, pr, session."],
    ["@main", "Usage is known of pull requests (#12) and repositories (owner/repo@), not of branches."],
  ])("refuses %s and says what it takes", async (typed, message) => {
    await expect(ask(typed)).rejects.toThrow(message);
  });
});
