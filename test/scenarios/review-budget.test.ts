import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { priceBookPath, readPriceBook } from "../../src/config/read-price-book.ts";
import { recordUsage } from "../../src/pipeline/budgets/record-usage.ts";
import { timings } from "../../src/pipeline/incidents/timings.ts";
import { scriptedModel, scriptedPrice } from "../../src/sandbox/ai/scripted.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

const critical = 200_000_000_000_000n;
const read = readPriceBook(priceBookPath(undefined));
if ("problems" in read) throw new Error(read.problems.join("\n"));
const book = { ...read.priceBook, thresholds: { day: { warningPico: critical / 2n, criticalPico: critical } } };

let world: World;
let state: EmbeddedState;
let release: () => void;
beforeAll(async () => {
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  world = await startWorld({
    models: async () => {
      await released;
      return { summary: "It counts further.", findings: [] };
    },
    priceBook: book,
    settings: () => ({ cooldownSeconds: 0 }),
  });
  world.github.setPrivate(true);
  state = await openEmbedded({ file: world.stateFile });
});
afterAll(async () => {
  await state.close();
  await world.close();
});

const isReviewed = async (number: number) => (await world.github.comments(number)).some(({ body }) => body.includes("review%3Asummary"));

describe("a budget of which one percent is left", () => {
  it("lets one of two reviews run that are asked for at once, and tells the other what is left", async () => {
    const { github } = world;
    const numbers = await Promise.all(
      ["one", "other"].map(async (branch) => {
        const files = { [`src/${branch}.rs`]: "fn count() -> u8 { 2 }\n" };
        return (await github.openPull("uma", { title: branch, branch, files })).number;
      }),
    );
    // A review may take about 46 cents here, with all that may be tried; 70 are left.
    const usage = {
      id: "other:before",
      at: Date.now(),
      provider: "other",
      model: scriptedModel,
      service: "tool",
      basis: "metered",
      tokens: { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 24_912_500, reasoning: 0 },
    } as const;
    const priced = { ...book, models: [...book.models, scriptedPrice] };
    await state.records.transaction((tx) =>
      recordUsage(tx, [usage], { priceBook: priced, money: { zone: "UTC" }, timings, now: Date.now }),
    );

    await Promise.all(numbers.map((number) => world.slack.slash({ as: "ada", channel: "ci", text: `force-review gemini #${number}` })));
    const shown = () => world.slack.transcript("ci", "ada").map(({ blocks }) => wordsIn(blocks));
    const refused = await eventually(() => shown().find((words) => words.includes("has $0.")));
    release();
    await eventually(async () => (await Promise.all(numbers.map((number) => isReviewed(number)))).filter(Boolean).length === 1);

    expect(refused).toMatch(/has \$0\.\d\d left: .* reserved by what is under way/);
    expect(world.models?.api.requests()).toHaveLength(1);
    expect(await state.records.transaction(({ reservations }) => reservations.open())).toEqual([]);
  });
});
