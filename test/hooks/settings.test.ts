import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planFor } from "../../src/hooks/place/plan-for.ts";
import { settingsOf } from "../../src/hooks/settings.ts";
import { aCheckout } from "./a-checkout.ts";
import { aPlan } from "./a-plan.ts";

const withPhases = `phases:
  - repository: acme/rocket
    phases: [{id: phase-1, name: Environment Setup, deliverables: [{path: ci/}]}]
`;

describe("the settings of hooks", () => {
  it("are kept with the phases, and read anew when the file changes", async () => {
    using checkout = aCheckout({ "config/nextrust.yml": withPhases });
    const where = { project: checkout.path, dataDir: join(checkout.path, ".nextrust"), file: undefined };
    const read = await settingsOf(where);
    const kept = await settingsOf(where);

    expect(kept).toEqual(read);
    expect(kept.plans).toMatchObject([{ repository: "acme/rocket", phases: [{ deliverables: [{ kind: "path", path: "ci" }] }] }]);
    expect(JSON.parse(readFileSync(join(where.dataDir, "hook-settings.json"), "utf8")).plans).toEqual(kept.plans);

    checkout.write("config/nextrust.yml", "hooks: {phaseBanner: {everyMinutes: 5}}\n");

    expect(await settingsOf(where)).toMatchObject({ plans: [], settings: { phaseBanner: { everyMinutes: 5 } } });
  });

  it("are the usual ones, and say why, while the file is wrong", async () => {
    using checkout = aCheckout({ "config/nextrust.yml": "hooks: {phaseBaner: {}}\n" });
    const where = { project: checkout.path, dataDir: join(checkout.path, ".nextrust"), file: undefined };

    for (let time = 0; time < 2; time++)
      expect(await settingsOf(where)).toMatchObject({ plans: [], problems: [expect.stringContaining("phaseBaner")] });
  });
});

describe("the phases of a checkout", () => {
  const other = { ...aPlan, repository: "acme/lander" };

  it.each([
    ["acme/Rocket", [aPlan, other], aPlan],
    ["ada/rocket", [aPlan], aPlan],
    [undefined, [aPlan], aPlan],
    ["ada/rocket", [aPlan, other], undefined],
  ])("of %s are its own, or the only ones there are", (repository, plans, found) => {
    expect(planFor(repository, plans)).toBe(found);
  });
});
