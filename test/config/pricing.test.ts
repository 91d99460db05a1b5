import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/config.ts";
import { packagedPriceBook, priceBookPath, readPriceBook } from "../../src/config/read-price-book.ts";
import { toPico } from "../../src/pipeline/usage/money.ts";
import { costOf, modelNamed, type Price, priceAt } from "../../src/pipeline/usage/price-book.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  file = join(folder, "model-pricing.json");
});
afterAll(() => rm(folder, { recursive: true }));

const aBook = (models: object, more: object = {}) => ({
  last_updated: "2026-11-23",
  currency: "USD",
  prices_per_million_tokens: models,
  ...more,
});

async function readText(content: string) {
  await writeFile(file, content);
  return readPriceBook(file);
}

async function problemsIn(content: string): Promise<readonly string[]> {
  const read = await readText(content);
  return "problems" in read ? read.problems.map((problem) => problem.replace(file, "FILE")) : [];
}

/** Without the places, which have a test of their own. */
async function mistakesIn(models: object, more: object = {}): Promise<readonly string[]> {
  const problems = await problemsIn(JSON.stringify(aBook(models, more), undefined, 2));
  return problems.map((problem) => problem.replace(/^FILE:\d+:\d+: /, "").replace("prices_per_million_tokens.", ""));
}

async function read(models: object, more: object = {}) {
  const found = await readText(JSON.stringify(aBook(models, more)));
  if ("problems" in found) throw new Error(found.problems.join("\n"));
  return found.priceBook;
}

const usd = (price: number) => toPico(price) / 1_000_000n;
const at = (day: string) => Date.parse(day);

describe("the prices that come with the bot", () => {
  const book = packagedPriceBook();
  const priceOf = (name: string, day: string): Price | undefined => {
    const model = modelNamed(book, name);
    return model && priceAt(model, at(day));
  };

  it("are a file without a mistake, and what the schema for editors takes", async () => {
    const text = await readFile("config/model-pricing.json", "utf8");
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(await readFile("config/model-pricing.schema.json", "utf8")),
    );

    expect(await problemsIn(text)).toEqual([]);
    expect(validate(JSON.parse(text))).toBe(true);
    expect(validate(aBook({ o3: { input: 2, output: 8, outptu: 8 } }))).toBe(false);
  });

  it("say of each where it was read", () => {
    const unsaid = book.models.filter(({ prices }) => prices.some(({ source }) => !source.startsWith("https://")));

    expect(book.models.length).toBeGreaterThan(40);
    expect(unsaid).toEqual([]);
  });

  it.each([
    ["claude-opus-5-5", "2026-11-23", 4, 0.2, 5, 8, 20],
    ["claude-sonnet-5-5", "2026-10-06", 2, 0.2, 2.5, 4, 10],
    ["claude-sonnet-5-5", "2026-10-07", 2, 0.1, 2.5, 4, 10],
    ["claude-haiku-5-5", "2026-11-23", 0.1, 0.01, 0.125, 0.2, 0.5],
    ["claude-fable-5-2", "2026-11-23", 8, 0.2, 10, 16, 40],
    ["claude-sonnet-4-5-20250929", "2026-11-23", 3, 0.3, 3.75, 6, 15],
    ["claude-3-5-sonnet-20241022", "2025-01-01", 3, 0.3, 3.75, 6, 15],
    ["claude-3-opus-20240229", "2025-01-01", 15, 1.5, 18.75, 30, 75],
    ["claude-3-haiku-20240307", "2025-01-01", 0.25, 0.03, 0.3, 0.5, 1.25],
    ["o3", "2025-06-09", 10, 10, 10, 10, 40],
    ["o3-2025-04-16", "2025-06-10", 2, 0.5, 2, 2, 8],
    ["gpt-6.1-sol", "2026-11-23", 2, 0.1, 2.5, 2.5, 10],
    ["gemini-2.5-pro", "2026-11-23", 1.25, 0.125, 1.25, 1.25, 10],
    ["gemini-3.8-flash", "2026-12-31", 0.75, 0.075, 0.75, 0.75, 3.75],
    ["gemini-3.8-flash", "2027-01-01", 1.5, 0.15, 1.5, 1.5, 7.5],
  ])("%s on %s: %d in, %d cached, %d and %d written, %d out", (name, day, input, cached, fiveMinutes, hour, output) => {
    expect(priceOf(name, day)).toMatchObject({
      uncachedIn: usd(input),
      cacheRead: usd(cached),
      cacheWrite5m: usd(fiveMinutes),
      cacheWrite1h: usd(hour),
      out: usd(output),
    });
  });

  it.each([
    ["gemini-2.5-pro", "2026-11-23", 200_000, 2.5, 15],
    ["claude-sonnet-4", "2025-10-01", 200_000, 6, 22.5],
    ["claude-haiku-5-5", "2026-11-23", 100_000, 0.5, 2.5],
    ["gpt-6.1-sol", "2026-11-23", 272_000, 4, 15],
    ["claude-sonnet-4-6", "2026-03-12", 200_000, 6, 22.5],
  ])("%s on %s above %d tokens: %d in, %d out", (name, day, above, input, output) => {
    expect(priceOf(name, day)?.long).toMatchObject({ above, uncachedIn: usd(input), out: usd(output) });
  });

  it("have no long price any more where the vendor dropped it, and none at all where none was promised", () => {
    expect(priceOf("claude-sonnet-4-6", "2026-03-13")?.long).toBeUndefined();
    expect(priceOf("gpt-5.6-sol", "2026-11-21")?.uncachedIn).toBe(usd(4));
    expect(priceOf("gpt-5.6-sol", "2026-11-22")).toBeUndefined();
    expect(priceOf("no-such-model", "2026-11-22")).toBeUndefined();
  });

  it("limit o3 and Gemini, and hold the usual budgets", () => {
    expect(modelNamed(book, "o3")?.limits.api).toEqual({
      requests: { hour: 3, day: 10 },
      spend: { day: toPico(20), month: toPico(300) },
      cooldownMs: 1_800_000,
    });
    expect(modelNamed(book, "gemini-2.5-pro")?.limits).toEqual({
      api: { requests: { hour: 20, day: 100 }, spend: {} },
      cli: { requests: { minute: 60, day: 1_000 }, spend: {} },
    });
    expect(book.thresholds).toEqual({
      session: { warningPico: toPico(1), criticalPico: toPico(5) },
      pr: { warningPico: toPico(5), criticalPico: toPico(20) },
      hour: { warningPico: toPico(10), criticalPico: toPico(50) },
      day: { warningPico: toPico(50), criticalPico: toPico(200) },
      month: { warningPico: toPico(400), criticalPico: toPico(500) },
    });
    expect(book.isAlerting).toBe(true);
  });
});

describe("a price book", () => {
  it("of the plain kind is read: defaults are those of the vendor, a flat limit is the API's, and an absent day is since ever", async () => {
    const book = await read(
      {
        "claude-3-5-sonnet": { input: 3, output: 15, description: "plain" },
        o3: { input: 2, output: 8, cached_input: 1.5, usage_limits: { requests_per_day: 10, cooldown_minutes: 0.5 } },
        "gemini-2.5-pro": { input: 1.25, output: 10, input_extended: 2.5, output_extended: 15, cli_input: 0, cli_output: 0 },
      },
      {
        thresholds: { session: { warning: 1, critical: 5 } },
        budget_alerts: { enabled: false, slack_webhook: null, email_recipients: [] },
      },
    );
    const [claude, o3, gemini] = book.models;

    expect(claude?.provider).toBe("anthropic");
    expect(claude?.prices).toEqual([
      { uncachedIn: usd(3), cacheRead: usd(0.3), cacheWrite5m: usd(3.75), cacheWrite1h: usd(6), out: usd(15), from: 0, source: "" },
    ]);
    expect(o3?.prices[0]).toMatchObject({ cacheRead: usd(1.5), cacheWrite5m: usd(2), cacheWrite1h: usd(2) });
    expect(o3?.limits).toEqual({ api: { requests: { day: 10 }, spend: {}, cooldownMs: 30_000 } });
    expect(gemini?.prices[0]).toMatchObject({
      cacheRead: usd(1.25),
      long: { above: 200_000, uncachedIn: usd(2.5), cacheRead: usd(2.5), out: usd(15) },
      cli: { uncachedIn: 0n, out: 0n },
    });
    expect(book.thresholds).toEqual({ session: { warningPico: toPico(1), criticalPico: toPico(5) } });
    expect(book.isAlerting).toBe(false);
  });

  it("raises what has to do with the cache as it raises the rest, where a long request's price does not say it", async () => {
    const long = { input_extended: 8, output_extended: 30, cache_write_1h_extended: 9 };
    const book = await read({ "claude-x": { input: 4, output: 20, cached_input: 0.2, extended_above: 100_000, ...long } });

    expect(book.models[0]?.prices[0]?.long).toEqual({
      above: 100_000,
      uncachedIn: usd(8),
      cacheRead: usd(0.4),
      cacheWrite5m: usd(10),
      cacheWrite1h: usd(9),
      out: usd(30),
    });
  });

  it("has the price of each day, whatever their order in the file", async () => {
    const earlier = [
      { input: 3, output: 3, from: "2026-02-01", until: "2026-03-01" },
      { input: 1, output: 1, until: "2026-01-01" },
    ];
    const { models } = await read({ o3: { input: 4, output: 4, from: "2026-03-01", earlier } });
    const model = models[0];
    const inputOn = (day: string) => model && priceAt(model, at(day))?.uncachedIn;

    expect([inputOn("2025-12-31T23:59:59.999Z"), inputOn("2026-01-01"), inputOn("2026-02-28"), inputOn("2026-03-01")]).toEqual([
      usd(1),
      undefined,
      usd(3),
      usd(4),
    ]);
  });

  it("prices to the last decimal: nothing is lost between the file and a token", async () => {
    const { models } = await read({ o3: { input: 0.123457, output: 999.999999 } });
    const [price] = models[0]?.prices ?? [];
    const tokens = { uncachedIn: 1_000_000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 1_000_000, reasoning: 0 };

    expect(price && costOf(tokens, price)).toBe(123_457_000_000n + 999_999_999_000_000n);
  });

  it("takes names of prototypes as names", async () => {
    const { models } = await read({
      constructor: { provider: "other", input: 1, output: 1 },
      "gpt-x": { input: 1, output: 1, aliases: ["toString"] },
    });

    expect(models.map(({ name }) => name)).toEqual(["constructor", "gpt-x"]);
    await problemsIn(
      `{"last_updated":"2026-11-23","currency":"USD","prices_per_million_tokens":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}`,
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("mistakes in a price book", () => {
  it("are named by line and column, all at once, as the others of the start", async () => {
    const content =
      '{\n  "last_updated": "2026-11-23",\n  "currency": "EUR",\n  "prices_per_million_tokens": {\n    "o3": { "input": "2", "output": -8 }\n  }\n}\n';

    expect(await problemsIn(content)).toEqual([
      "FILE:3:15: currency: must be one of USD",
      "FILE:5:22: prices_per_million_tokens.o3.input: must be a number, without quotes",
      "FILE:5:37: prices_per_million_tokens.o3.output: must be at least 0",
    ]);
    const config = join(folder, "nextrust.yml");
    await writeFile(config, "prefix: [\n");
    expect(() => readConfig({ NEXTRUST_CONFIG: config })).toThrow(/nextrust\.yml:[\s\S]*model-pricing\.json:3:15: currency/);
  });

  it.each([
    [0.000003, "o3.input: looks like the price of one token: write that of a million, 3"],
    [3_000_000, "o3.input: is more than $1,000 for a million tokens: if it was multiplied by a million once too often, write 3"],
    [1_000.01, "o3.input: is more than $1,000 for a million tokens"],
    [1.0000001, "o3.input: has more than 6 decimals"],
    [0.1 + 0.2, "o3.input: has more than 6 decimals"],
  ])("guess the unit or the precision of the price %d", async (input, mistake) => {
    expect(await mistakesIn({ o3: { input, output: 8 } })).toEqual([mistake]);
  });

  it.each([0, 0.001, 0.0125, 1_000])("leave the price %d alone", async (input) => {
    expect(await mistakesIn({ o3: { input, output: 8 } })).toEqual([]);
  });

  const price = { input: 1, output: 1 };
  it.each<[string, object, object, readonly string[]]>([
    ["an unknown key", { o3: { ...price, outptu: 1 } }, {}, ['o3: Unrecognized key: "outptu"']],
    ["an unknown key at the top", { o3: price }, { price: 1 }, ['the file: Unrecognized key: "price"']],
    ["a missing price", { o3: { input: 1 } }, {}, ["o3.output: is missing"]],
    [
      "a name that says no vendor",
      { llama: price },
      {},
      ["llama.provider: is missing: the name does not say whether it is anthropic, openai, google or other"],
    ],
    [
      "a long price without its output",
      { o3: { ...price, input_extended: 2 } },
      {},
      ["o3.output_extended: is missing: a price for long requests needs it"],
    ],
    [
      "a limit without a long price",
      { o3: { ...price, extended_above: 2 } },
      {},
      [
        "o3.input_extended: is missing: a price for long requests needs it",
        "o3.output_extended: is missing: a price for long requests needs it",
      ],
    ],
    ["half a price of the tool", { o3: { ...price, cli_input: 0 } }, {}, ["o3.cli_output: is missing beside cli_input"]],
    ["a day that is none", { o3: { ...price, from: "2026-02-30" } }, {}, ["o3.from: is not a day such as 2026-11-01"]],
    [
      "an empty range",
      { o3: { ...price, from: "2026-03-01", until: "2026-03-01" } },
      {},
      ["o3.until: is not after 2026-03-01: it is the first day on which it holds no more"],
    ],
    [
      "ranges that overlap",
      { o3: { ...price, from: "2026-03-01", earlier: [{ ...price, until: "2026-03-02" }] } },
      {},
      ["o3: holds on days on which another price of o3 holds: give it a from, and the other an until"],
    ],
    [
      "two prices since ever",
      { o3: { ...price, earlier: [price] } },
      {},
      ["o3.earlier.0: holds on days on which another price of o3 holds: give it a from, and the other an until"],
    ],
    [
      "an alias that is a model",
      { o3: price, "gpt-5": { ...price, aliases: ["o3"] } },
      {},
      ["gpt-5.aliases.0: o3 is the name of another model already"],
    ],
    [
      "an alias of two models",
      { o3: { ...price, aliases: ["x"] }, "gpt-5": { ...price, aliases: ["x", "y", "y"] } },
      {},
      ["gpt-5.aliases.0: x is the name of another model already", "gpt-5.aliases.2: y is the name of another model already"],
    ],
    ["a page that is none", { o3: { ...price, source: "ftp://x" } }, {}, ["o3.source: is not an http(s) URL"]],
    [
      "limits in two shapes",
      { o3: { ...price, usage_limits: { api: {}, requests_per_day: 1 } } },
      {},
      ["o3.usage_limits.requests_per_day: stands beside api or cli: write it under one of them"],
    ],
    [
      "a warning above critical",
      { o3: price },
      { thresholds: { pr: { warning: 6, critical: 5 } } },
      ["thresholds.pr.warning: is above critical"],
    ],
    [
      "more than all of the month",
      { o3: price },
      { thresholds: { month: { cap: 5, alert_at_percent: 101 } } },
      ["thresholds.month.alert_at_percent: must be at most 100"],
    ],
    [
      "a webhook",
      { o3: price },
      { budget_alerts: { slack_webhook: "https://hooks.slack.com/services/T/B/x" } },
      [
        "budget_alerts.slack_webhook: a webhook's address is a secret, which this file is not, and what it posts cannot be edited: name the channel in config/nextrust.yml under budgets.channel, and empty this",
      ],
    ],
    [
      "mail",
      { o3: price },
      { budget_alerts: { email_recipients: ["ada@example.com"] } },
      [
        "budget_alerts.email_recipients: the bot sends no mail: name a channel in config/nextrust.yml under budgets.channel, let Slack forward it by mail, and empty this",
      ],
    ],
    ["alerts that are empty", { o3: price }, { budget_alerts: { enabled: true, slack_webhook: "", email_recipients: null } }, []],
  ])("%s", async (_, models, more, mistakes) => {
    expect(await mistakesIn(models, more)).toEqual(mistakes);
  });

  it("keep no address of a webhook in what is said", async () => {
    expect(
      (await mistakesIn({}, { budget_alerts: { slack_webhook: "https://hooks.slack.com/services/T/B/hunter2" } })).join(),
    ).not.toContain("hunter2");
  });
});

describe("where the price book is", () => {
  it("is beside the settings file; the packaged one counts where there is none", () => {
    expect(priceBookPath("/etc/nextrust/nextrust.yml")).toBe("/etc/nextrust/model-pricing.json");
    expect(readPriceBook(join(folder, "absent.json"))).toEqual({ priceBook: packagedPriceBook() });
    expect(readPriceBook(folder)).toEqual({ problems: [expect.stringMatching(/cannot be read: it is no file/)] });
  });
});
