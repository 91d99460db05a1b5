import { assert, asyncProperty, bigInt, constantFrom, integer, record, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grouping, groupings, makeReport } from "../../../src/cli/usage-report/report.ts";
import { toSpan } from "../../../src/cli/usage-report/span.ts";
import { toCsv } from "../../../src/cli/usage-report/to-csv.ts";
import { toJson } from "../../../src/cli/usage-report/to-json.ts";
import { toTable } from "../../../src/cli/usage-report/to-table.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { anEntry } from "../../contracts/ledger.ts";
import { aSource } from "./a-ledger.ts";

const now = Date.parse("2026-11-23T10:00:00Z");
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const usd = 10n ** 12n;

const entries = [
  anEntry({ id: "a:1", at: now - 3 * dayMs, costPico: 30n * usd, actor: "ada", repository: "acme/shop", pullRequest: 12 }),
  anEntry({ id: "a:2", at: now - hourMs / 2, costPico: 11n * usd + 200_000_000_000n, actor: "=cmd()", session: "s2" }),
  anEntry({ id: "a:3", at: now - 2 * dayMs, model: "claude-haiku-4-5", costPico: 1n, actor: "mei" }),
  anEntry({ id: "a:4", at: now - dayMs, model: "model-x", costPico: undefined, pricedBy: "unpriced" }),
  anEntry({ id: "a:5", at: now - dayMs, basis: "subscription", costPico: 5n * usd, actor: "ada" }),
  anEntry({ id: "a:6", at: now - dayMs, model: "llama", provider: "other", basis: "free", costPico: 0n, pricedBy: "free" }),
  anEntry({ id: "a:7", at: now - 9 * dayMs, costPico: 38n * usd }),
];

const span = toSpan({ days: 7 }, "UTC", now);
const report = async (by: Grouping, all = entries) => makeReport(await aSource(all), { by, span, zone: "UTC", now });

describe("a usage report", () => {
  it("is a table with its total, and says for what the money speaks", async () => {
    expect(toTable(await report("model"), 20)).toMatchInlineSnapshot(`
      "Model              Requests  Input  Cache read  Cache write  Output      Cost
      claude-sonnet-4-5         3    300       9,000        6,000     150    $41.20
      claude-haiku-4-5          1    100       3,000        2,000      50    <$0.01
      llama                     1    100       3,000        2,000      50      free
      model-x                   1    100       3,000        2,000      50  unpriced
      Total                     6    600      18,000       12,000     300    $41.20

      Span          2026-11-16 10:00 to 2026-11-23 10:00 (UTC)
      Covers        $41.20 for 83.3 % of tokens; unpriced: model-x (5.2 k tokens)
      Subscription  $5.00 at list prices, 5.2 k tokens in 1 request; not billed by the request
      Free          5.2 k tokens in 1 request; not billed by the request
      Before        $38.00 in the span before (+8.4 %)
      Burn          $5.89 a day; $11.20 in the last 24 hours, $11.20 in the last hour
      Source        nextrust.db
      "
    `);
  });

  it("sums what is beyond the limit in one line", async () => {
    const lines = toTable(await report("user"), 2).split("\n");

    expect(lines.slice(0, 5)).toMatchInlineSnapshot(`
      [
        "User      Requests  Input  Cache read  Cache write  Output    Cost",
        "ada              2    200       6,000        4,000     100  $30.00",
        "=cmd()           1    100       3,000        2,000      50  $11.20",
        "2 others         3    300       9,000        6,000     150  <$0.01",
        "Total            6    600      18,000       12,000     300  $41.20",
      ]
    `);
  });

  it("holds every digit as JSON", async () => {
    expect(JSON.parse(toJson(await report("model"), 1))).toMatchInlineSnapshot(`
      {
        "burn": {
          "lastDayUsd": "11.2",
          "lastHourUsd": "11.2",
          "perDayUsd": "5.885714285714",
        },
        "byBasis": {
          "free": {
            "costUsd": {
              "free": "0",
              "metered": "0",
              "subscription": "0",
            },
            "requests": 1,
            "tokens": {
              "cacheRead": 3000,
              "cacheWrite1h": 0,
              "cacheWrite5m": 2000,
              "out": 50,
              "reasoning": 0,
              "uncachedIn": 100,
            },
            "unpricedTokens": 0,
          },
          "metered": {
            "costUsd": {
              "free": "0",
              "metered": "41.200000000001",
              "subscription": "0",
            },
            "requests": 4,
            "tokens": {
              "cacheRead": 12000,
              "cacheWrite1h": 0,
              "cacheWrite5m": 8000,
              "out": 200,
              "reasoning": 0,
              "uncachedIn": 400,
            },
            "unpricedTokens": 5150,
          },
          "subscription": {
            "costUsd": {
              "free": "0",
              "metered": "0",
              "subscription": "5",
            },
            "requests": 1,
            "tokens": {
              "cacheRead": 3000,
              "cacheWrite1h": 0,
              "cacheWrite5m": 2000,
              "out": 50,
              "reasoning": 0,
              "uncachedIn": 100,
            },
            "unpricedTokens": 0,
          },
        },
        "coverage": {
          "pricedTokens": 25750,
          "unpriced": [
            {
              "model": "model-x",
              "provider": "anthropic",
              "requests": 1,
              "tokens": 5150,
            },
          ],
          "unpricedTokens": 5150,
        },
        "groupBy": "model",
        "groups": [
          {
            "costUsd": {
              "free": "0",
              "metered": "41.2",
              "subscription": "5",
            },
            "model": "claude-sonnet-4-5",
            "requests": 3,
            "tokens": {
              "cacheRead": 9000,
              "cacheWrite1h": 0,
              "cacheWrite5m": 6000,
              "out": 150,
              "reasoning": 0,
              "uncachedIn": 300,
            },
            "unpricedTokens": 0,
          },
        ],
        "others": {
          "costUsd": {
            "free": "0",
            "metered": "0.000000000001",
            "subscription": "0",
          },
          "groups": 3,
          "requests": 3,
          "tokens": {
            "cacheRead": 9000,
            "cacheWrite1h": 0,
            "cacheWrite5m": 6000,
            "out": 150,
            "reasoning": 0,
            "uncachedIn": 300,
          },
          "unpricedTokens": 5150,
        },
        "previous": {
          "meteredUsd": "38",
          "since": "2026-11-09T10:00:00.000Z",
          "until": "2026-11-16T10:00:00.000Z",
        },
        "source": "nextrust.db",
        "span": {
          "since": "2026-11-16T10:00:00.000Z",
          "until": "2026-11-23T10:00:00.000Z",
          "zone": "UTC",
        },
        "total": {
          "costUsd": {
            "free": "0",
            "metered": "41.200000000001",
            "subscription": "5",
          },
          "requests": 6,
          "tokens": {
            "cacheRead": 18000,
            "cacheWrite1h": 0,
            "cacheWrite5m": 12000,
            "out": 300,
            "reasoning": 0,
            "uncachedIn": 600,
          },
          "unpricedTokens": 5150,
        },
      }
    `);
  });

  it("is CSV that no spreadsheet takes for formulas", async () => {
    expect(toCsv(await report("user"), 2)).toMatchInlineSnapshot(`
      "user,since,until,zone,requests,uncached_in,cache_read,cache_write_5m,cache_write_1h,out,reasoning,unpriced_tokens,metered_usd,subscription_usd,free_usd
      ada,2026-11-16T10:00:00.000Z,2026-11-23T10:00:00.000Z,UTC,2,200,6000,4000,0,100,0,0,30,5,0
      '=cmd(),2026-11-16T10:00:00.000Z,2026-11-23T10:00:00.000Z,UTC,1,100,3000,2000,0,50,0,0,11.2,0,0
      2 others,2026-11-16T10:00:00.000Z,2026-11-23T10:00:00.000Z,UTC,3,300,9000,6000,0,150,0,5150,0.000000000001,0,0
      "
    `);
  });

  it("shows list prices where nothing was billed by the request", async () => {
    const table = toTable(await report("model", [anEntry({ at: now - dayMs, basis: "subscription", costPico: 7n * usd })]), 20);

    expect(table).toMatch(/List price\n/);
    expect(table).toMatch(/claude-sonnet-4-5 .* \$7\.00\n/);
    expect(table).toContain("$0.00 for all tokens");
  });

  it("says of an empty span that nothing was used", async () => {
    const table = toTable(await report("pr", []), 20);

    expect(table).toContain("no tokens were used");
    expect(table).toMatch(/^Nothing was used in this span\.\n/);
  });

  it("adds up to the last digit, by whatever it is grouped and wherever it is cut", async () => {
    const amounts = uniqueArray(
      record({
        id: integer({ min: 1, max: 1_000_000 }),
        pico: bigInt({ min: 0n, max: 10n ** 18n }),
        model: constantFrom("a", "b", "c", "d"),
        actor: constantFrom("ada", "mei", undefined),
        pullRequest: constantFrom(1, 2, 3),
        session: constantFrom("s1", "s2", "s3", undefined),
        basis: constantFrom("metered" as const, "subscription" as const),
        at: integer({ min: now - 7 * dayMs, max: now - 1 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 30 },
    );
    const by = constantFrom(...(Object.keys(groupings) as Grouping[]));

    await assert(
      asyncProperty(amounts, by, integer({ min: 1, max: 5 }), async (parts, grouping, limit) => {
        const made = await report(
          grouping,
          parts.map(({ id, pico, ...part }) => anEntry({ ...part, id: `a:${id}`, costPico: pico, repository: "acme/shop" })),
        );
        const whole = parts.reduce((sum, { pico, basis }) => (basis === "metered" ? sum + pico : sum), 0n);
        const json = JSON.parse(toJson(made, limit)) as { groups: Amount[]; others: Amount | null; total: Amount };
        const csv = toCsv(made, limit).trimEnd().split("\r\n").slice(1);

        const meteredIn = (amount: Amount) => parseUsd(amount.costUsd.metered) ?? 0n;
        expect(meteredIn(json.total)).toBe(whole);
        expect([...json.groups, ...(json.others ? [json.others] : [])].reduce((sum, each) => sum + meteredIn(each), 0n)).toBe(whole);
        expect(csv.reduce((sum, line) => sum + (parseUsd(line.split(",").at(-3) ?? "") ?? 0n), 0n)).toBe(whole);
        expect(csv.reduce((sum, line) => sum + Number(line.split(",").at(4)), 0)).toBe(parts.length);
      }),
      { numRuns: 8 },
    );
  });
});

interface Amount {
  readonly costUsd: { readonly metered: string };
}

describe("the span of a report", () => {
  it.each([
    ["the last days of 24 hours", { days: 7 }, "UTC", "2026-11-16T10:00:00Z", "2026-11-23T10:00:00Z"],
    ["a day to its end", { days: 7, since: "2026-11-01", until: "2026-11-02" }, "UTC", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"],
    [
      "a day of 25 hours",
      { days: 7, since: "2026-10-25", until: "2026-10-25" },
      "Europe/Berlin",
      "2026-10-24T22:00:00Z",
      "2026-10-25T23:00:00Z",
    ],
    ["days before an end", { days: 2, until: "2026-11-02" }, "UTC", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"],
    ["some time ago", { days: 7, since: "24h" }, "UTC", "2026-11-22T10:00:00Z", "2026-11-23T10:00:00Z"],
  ])("is %s", (_, asked, zone, since, until) => {
    expect(toSpan(asked, zone, now)).toEqual({ since: Date.parse(since), until: Date.parse(until) });
  });

  it("ends after it begins", () => {
    expect(() => toSpan({ days: 7, since: "2026-11-05", until: "2026-11-01" }, "UTC", now)).toThrow("--since has to lie before --until.");
  });
});
