import { describe, expect, it } from "vitest";
import type { Cause, Ours, Theirs, TranscriptFacts } from "../../../src/pipeline/usage/ccusage-usage.ts";
import { compareWithCcusage } from "../../../src/pipeline/usage/compare-ccusage.ts";
import { emptyBook, type PriceBook } from "../../../src/pipeline/usage/price-book.ts";

const at = Date.parse("2026-11-20T10:00:00Z");
const usd = 10n ** 12n;
const key = { session: "s1", model: "claude-sonnet-4-5" };
const prices = { uncachedIn: 3_000_000n, cacheRead: 300_000n, cacheWrite5m: 3_750_000n, cacheWrite1h: 6_000_000n, out: 15_000_000n };
const twice = { uncachedIn: 6_000_000n, cacheRead: 600_000n, cacheWrite5m: 7_500_000n, cacheWrite1h: 12_000_000n, out: 22_500_000n };

const book: PriceBook = {
  ...emptyBook,
  models: [
    { name: key.model, provider: "anthropic", aliases: [], prices: [{ from: 0, source: "a page", ...prices }], limits: {} },
    {
      name: "claude-sonnet-4",
      provider: "anthropic",
      aliases: [],
      prices: [{ from: 0, source: "a page", ...prices, long: { above: 200_000, ...twice } }],
      limits: {},
    },
  ],
};

const tokens = { uncachedIn: 100, cacheRead: 3_000, cacheWrite5m: 2_000, cacheWrite1h: 0, out: 50, reasoning: 0 };
const nothing = { uncachedIn: 0, cacheRead: 0, cacheWrite: 0, out: 0 };

const ours = (changes: Partial<Ours> = {}): Ours => ({
  ...key,
  service: "claude-code",
  tokens,
  costPico: usd,
  unpricedTokens: 0,
  lastAt: at,
  ...changes,
});
const theirs = (changes: Partial<Theirs> = {}): Theirs => ({
  ...key,
  tokens: { uncachedIn: 100, cacheRead: 3_000, cacheWrite: 2_000, out: 50 },
  costPico: usd,
  isUnpriced: false,
  lastAt: at,
  ...changes,
});
const facts = (changes: Partial<TranscriptFacts>): TranscriptFacts => ({
  ...{ ...key, repeatedWithoutRequest: nothing, blankRequest: nothing, statedPico: 0n, largestIn: 0 },
  ...changes,
});

interface Case {
  readonly theirs?: Theirs;
  readonly ours?: Ours;
  readonly facts?: TranscriptFacts;
  readonly transcribed?: ReadonlySet<string>;
}

const compare = ({ theirs: their, ours: our, facts: fact, transcribed }: Case) =>
  compareWithCcusage({
    theirs: their ? [their] : [],
    ours: our ? [our] : [],
    facts: fact ? [fact] : [],
    book,
    ...(transcribed && { transcribed }),
  });

/** 300,000 tokens in, as ccusage prices them (100,000 of them higher), and as the vendor does. */
const long = {
  ours: ours({
    model: "claude-sonnet-4",
    tokens: { ...tokens, uncachedIn: 300_000, cacheRead: 0, cacheWrite5m: 0, out: 1_000 },
    costPico: 1_822_500_000_000n,
  }),
  theirs: theirs({
    model: "claude-sonnet-4",
    tokens: { uncachedIn: 300_000, cacheRead: 0, cacheWrite: 0, out: 1_000 },
    costPico: 1_215_000_000_000n,
  }),
};
const hour = { ...tokens, cacheWrite5m: 0, cacheWrite1h: 100_000 };
const more = { uncachedIn: 200, cacheRead: 6_000, cacheWrite: 4_000, out: 100 };

const cases: readonly (readonly [Cause, string, Case])[] = [
  ["unpriced there", "ccusage knows no price", { ours: ours(), theirs: theirs({ costPico: 0n, isUnpriced: true }) }],
  [
    "unpriced there",
    "neither knows one",
    { ours: ours({ costPico: 0n, unpricedTokens: 5_150 }), theirs: theirs({ costPico: 0n, isUnpriced: true }) },
  ],
  ["unpriced here", "the price book knows none", { ours: ours({ costPico: 0n, unpricedTokens: 5_150 }), theirs: theirs() }],
  ["long context", "priced higher as a whole here, in part there", long],
  ["long context", "the largest request says so", { ...long, facts: facts({ model: "claude-sonnet-4", largestIn: 300_000 }) }],
  ["prices differ", "no request was that long", { ...long, facts: facts({ model: "claude-sonnet-4", largestIn: 150_000 }) }],
  [
    "1-hour cache writes",
    "at the price of five minutes there",
    {
      ours: ours({ tokens: hour, costPico: 600_000_000_000n }),
      theirs: theirs({ tokens: { ...theirs().tokens, cacheWrite: 100_000 }, costPico: 375_000_000_000n }),
    },
  ],
  [
    "stated cost",
    "the transcript states a cost",
    { ours: ours(), theirs: theirs({ costPico: 1_250_000_000_000n }), facts: facts({ statedPico: usd }) },
  ],
  [
    "repeated without a request id",
    "counted twice there",
    { ours: ours(), theirs: theirs({ tokens: more }), facts: facts({ repeatedWithoutRequest: theirs().tokens }) },
  ],
  ["blank request id left out there", "not counted there", { ours: ours(), facts: facts({ blankRequest: theirs().tokens }) }],
  ["in no transcript", "as Claude Code counted itself", { ours: ours(), facts: facts({ ownTotal: theirs().tokens }) }],
  ["counted in another session", "a copy in a fork", { theirs: theirs(), facts: facts({ copied: theirs().tokens }) }],
  ["newer there", "it went on", { ours: ours(), theirs: theirs({ tokens: more, lastAt: at + 1 }) }],
  ["newer here", "it went on here", { ours: ours({ tokens: { ...tokens, out: 60 }, lastAt: at + 1 }), theirs: theirs() }],
  ["missing here", "nothing was imported", { theirs: theirs() }],
  ["not there", "of another machine", { ours: ours(), transcribed: new Set(["s2"]) }],
  ["not there", "of another service", { ours: ours({ service: "openai-api" }) }],
  ["prices differ", "the same tokens at another price", { ours: ours(), theirs: theirs({ costPico: 2n * usd }) }],
  ["rounding", "less than a millionth of a dollar", { ours: ours(), theirs: theirs({ costPico: usd - 1n }) }],
  ["unexplained", "tokens that nothing explains", { ours: ours(), theirs: theirs({ tokens: more }) }],
  ["unexplained", "a transcript is here, and ccusage tells nothing of it", { ours: ours(), transcribed: new Set(["s1"]) }],
  [
    "unexplained",
    "newer there, and yet fewer",
    { ours: ours(), theirs: theirs({ tokens: { ...theirs().tokens, out: 1 }, lastAt: at + 1 }) },
  ],
];

describe("a difference from ccusage", () => {
  it.each(cases)("is called %s: %s", (cause, _, pair) => {
    expect(compare(pair).differences.map((difference) => difference.cause)).toEqual([cause]);
  });

  it("is none where tokens and cost are the same", () => {
    expect(compare({ ours: ours(), theirs: theirs() })).toEqual({ same: 1, differences: [] });
  });

  it("says by what factor prices differ", () => {
    expect(compare({ ours: ours(), theirs: theirs({ costPico: 2n * usd }) }).differences[0]?.why).toBe(
      "the same tokens cost 2 times as much there",
    );
  });

  it("finds a message that counts in another session", () => {
    const { differences } = compareWithCcusage({ theirs: [theirs()], ours: [ours({ session: "s2" })], facts: [], book });

    expect(differences.map(({ session, cause, why }) => [session, cause, why])).toEqual([
      ["s1", "counted in another session", "the same tokens are here in session s2"],
      ["s2", "counted in another session", "the same tokens are there in session s1"],
    ]);
  });
});
