import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Settings } from "../../src/config/settings.ts";
import { withSamples } from "../../src/sandbox/samples.ts";
import { startWorld, type World } from "../scenarios/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
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

describe("the settings that a visitor finds", () => {
  it("leave alone the phases that a team wrote down", async () => {
    const own = [{ repository: "nextrust/nextrust", phases: [{ id: "ours", name: "Ours", deliverables: [] }] }];
    const { slack, github } = world;

    expect(withSamples(Settings.parse({ phases: own }), { slack, github }).phases).toEqual(own);
  });
});
