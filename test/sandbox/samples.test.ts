import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import { Settings } from "../../src/config/settings.ts";
import { timings } from "../../src/pipeline/incidents/timings.ts";
import { createPrograms } from "../../src/sandbox/money/programs.ts";
import { tellSamples, withSamples } from "../../src/sandbox/samples.ts";
import { startWorld, type World, wordsIn } from "../scenarios/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    priceBook: packagedPriceBook(),
    timings: { ...timings, budgetsMs: 1 },
    settings: (sandbox) => Settings.parse(withSamples(sandbox.config.settings, sandbox)),
  });
});
afterAll(() => world.close());

describe("the phases that a visitor finds", () => {
  it("begin with one that is complete, and go on to one that is not", async () => {
    expect(await world.ask("ada", "check-phase")).toContain(
      "Phase phase-1 Environment Setup of nextrust/nextrust: 3 of 3 deliverables met",
    );
    await world.ask("ada", "set-phase phase-2");

    expect(await world.ask("ada", "check-phase")).toContain(
      "Phase phase-2 LLVM Backend Modifications of nextrust/nextrust: 1 of 2 deliverables met",
    );
  });
});

describe("the spending that a visitor finds", () => {
  it("is shown, by what it was paid for, and is below every budget", async () => {
    const programs = createPrograms(world.apiToken);
    programs.connect(world.bot.url);

    await tellSamples({ github: world.github, programs });

    expect(await world.ask("ada", "usage days=30 by=service")).toMatch(/claude-code.*by subscription.*openai-api.*gemini-cli.*free/s);
    expect(await world.ask("ada", "budget #2")).toMatch(/nextrust#2.*of \$20\.00.*of \$500\.00/s);
    const told = world.slack.transcript("ci").filter(({ visibleTo, blocks }) => visibleTo === undefined && wordsIn(blocks).includes("$"));
    expect(told).toEqual([]);
  });
});

describe("the settings that a visitor finds", () => {
  it("leave alone the phases that a team wrote down", async () => {
    const own = [{ repository: "nextrust/nextrust", phases: [{ id: "ours", name: "Ours", deliverables: [] }] }];
    const { slack, github } = world;

    expect(withSamples(Settings.parse({ phases: own }), { slack, github }).phases).toEqual(own);
  });
});
