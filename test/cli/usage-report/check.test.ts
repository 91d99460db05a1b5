import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkAgainstCcusage } from "../../../src/cli/usage-report/check/check.ts";
import { packagedPriceBook } from "../../../src/config/read-price-book.ts";
import { readCcusage } from "../../../src/machine/ccusage/output.ts";
import { readTranscriptFacts } from "../../../src/machine/ccusage/transcript-facts.ts";
import { toEntry } from "../../../src/pipeline/usage/to-entry.ts";
import type { Tokens } from "../../../src/pipeline/usage/usage.ts";
import { aSource } from "./a-ledger.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
/** Recorded from ccusage 20.0.24 on the transcripts beside it. */
const recorded = fixture("ccusage-20.0.24.json");
const transcripts = [fixture("projects")];
const session = "11111111-2222-4333-8444-555555555555";
const book = packagedPriceBook();

const tokens: Tokens = { uncachedIn: 100, cacheRead: 3_000, cacheWrite5m: 2_000, cacheWrite1h: 0, out: 50, reasoning: 0 };
const request = (id: string, at: string, model: string, changes: Partial<Tokens> = {}) =>
  toEntry(
    {
      ...{ id: `anthropic:${id}`, at: Date.parse(at), provider: "anthropic", model, service: "claude-code", basis: "metered", session },
      tokens: { ...tokens, ...changes },
    },
    book,
  );

/** What an import of these transcripts writes down. */
const imported = [
  request("msg_1", "2026-11-20T10:00:02Z", "claude-sonnet-4-5-20250929", { out: 75 }),
  request("msg_2", "2026-11-20T10:01:00Z", "claude-opus-4-5-20251101"),
  request("msg_3", "2026-11-21T09:00:00Z", "claude-sonnet-4-5-20250929"),
  request("msg_4", "2026-11-21T09:01:00Z", "totally-unknown-model"),
  request("msg_5", "2026-11-21T09:02:00Z", "claude-haiku-4-5-20251001"),
  request("msg_7", "2026-11-21T09:05:00Z", "claude-haiku-4-5-20251001"),
];

const options = { transcripts, path: "", book, file: recorded } as const;

describe("a check against ccusage", () => {
  it("explains each difference of recorded transcripts", async () => {
    const { printed, isExplained } = await checkAgainstCcusage(await aSource(imported), { ...options, format: "table" });

    expect(isExplained).toBe(true);
    expect(printed).toMatchInlineSnapshot(`
      "Session                               Model                       Tokens here  There   Cost here  There     Cause           Why
      11111111-2222-4333-8444-555555555555  claude-sonnet-4-5-20250929  10,325       10,325  $0.02      $1.26     stated cost     ccusage takes the cost that the transcript states (costUSD); here it is reckoned from the tokens
      11111111-2222-4333-8444-555555555555  totally-unknown-model       5,150        5,150   unpriced   unpriced  unpriced there  neither knows a price of the model

      2 pairs of session and model are the same here and in ccusage. 2 differences, each explained: stated cost 1, unpriced there 1.
      "
    `);
  });

  it("does not explain tokens away that were lost", async () => {
    const lost = imported.filter(({ id }) => id !== "anthropic:msg_1");

    const { printed, isExplained } = await checkAgainstCcusage(await aSource(lost), { ...options, format: "json" });

    expect(isExplained).toBe(false);
    expect(JSON.parse(printed)).toMatchObject({ differences: expect.arrayContaining([expect.objectContaining({ cause: "unexplained" })]) });
  });

  it("reads from transcripts what sums do not tell", async () => {
    const { facts, transcribed } = await readTranscriptFacts(transcripts, new Set([session]));

    expect(transcribed).toEqual(new Set([session, "99999999-2222-4333-8444-555555555555"]));
    expect(facts.find(({ model }) => model.includes("haiku"))).toMatchObject({
      repeatedWithoutRequest: { uncachedIn: 100, cacheRead: 3_000, cacheWrite: 2_000, out: 50 },
      largestIn: 5_100,
    });
    expect(facts.find(({ model }) => model.includes("sonnet"))).toMatchObject({ statedPico: 1_250_000_000_000n });
  });

  it("refuses what is not of ccusage 20, and says what to run", async () => {
    const daily = JSON.stringify({ daily: [], totals: {} });

    expect(() => readCcusage(daily, "old.json")).toThrow(
      "old.json is not what ccusage prints by: ccusage claude session --json --offline (version 20)",
    );
    expect(() => readCcusage("no json", "x")).toThrow(/is not what ccusage prints/);
    expect(readCcusage(await readFile(recorded, "utf8"), recorded)).toHaveLength(4);
  });

  it("says how to get ccusage where there is none", async () => {
    const asked = checkAgainstCcusage(await aSource(imported), { ...options, file: undefined, format: "table" });

    await expect(asked).rejects.toThrow(/^ccusage is not installed\. Run npm install --global ccusage@20\.0\.24/);
  });
});
