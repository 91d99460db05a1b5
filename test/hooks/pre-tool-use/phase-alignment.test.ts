import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalFileIn } from "../../../src/config/present.ts";
import { phaseAlignment } from "../../../src/hooks/pre-tool-use/phase-alignment.ts";
import type { PhasePlan } from "../../../src/pipeline/phases/phases.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPlan } from "../a-plan.ts";
import { aCommand } from "../captured/payload.ts";

let checkout: Checkout;

beforeEach(() => {
  checkout = aCheckout();
});

afterEach(() => checkout[Symbol.dispose]());

const rule = { from: "phase-3", commands: ["cargo build*"], mode: "block" };

const inPhase = (id: string | undefined, rules: readonly object[], plans: readonly PhasePlan[] = [aPlan]) => {
  const context = aContext(checkout, { settings: { phaseAlignment: { rules } }, plans });
  if (id !== undefined) context.journal().phases.enter({ id, at: 1_000, by: "ada" });
  return context;
};

describe("phase-alignment", () => {
  it("stops a command of a later phase, wherever it stands in the line", async () => {
    using context = inPhase("phase-2", [rule]);

    const said = await phaseAlignment.run(aCommand("cd rust && (cargo build --release)"), context);

    expect(said).toEqual({
      kind: "deny",
      reason:
        "cargo build --release belongs to the work from phase-3 on, and the project is in phase-2 LLVM Backend Modifications. Finish that phase first; a person moves on with: nextrust set-phase phase-3",
    });
  });

  it("lets it run once its phase has come, and everything else at any time", async () => {
    using later = inPhase("phase-3", [rule]);

    expect(await phaseAlignment.run(aCommand("cargo build"), later)).toBeUndefined();
    expect(await phaseAlignment.run(aCommand("cargo test"), later)).toBeUndefined();
  });

  it("only warns where the rule says so, in the rule's own words", async () => {
    using context = inPhase("phase-1", [{ phases: ["phase-2"], commands: ["ninja"], message: "Use the container." }]);

    const said = await phaseAlignment.run(aCommand("ninja -C build"), context);

    expect(said).toMatchObject({ kind: "tell", text: expect.stringMatching(/in phase-2 only.*Use the container\.$/) });
  });

  it("goes by the first phase of the settings before anybody has said one", async () => {
    using context = inPhase(undefined, [rule]);

    expect(await phaseAlignment.run(aCommand("cargo build"), context)).toMatchObject({ kind: "deny" });
  });

  it("goes by the numbers of phases that no settings describe", async () => {
    using early = inPhase("phase-2", [rule], []);
    expect(await phaseAlignment.run(aCommand("cargo build"), early)).toMatchObject({ kind: "deny" });

    early.journal().phases.enter({ id: "phase-10", at: 2_000, by: "ada" });
    expect(await phaseAlignment.run(aCommand("cargo build"), early)).toBeUndefined();
  });

  it("lets everything run where nobody knows the phase", async () => {
    using context = inPhase(undefined, [rule], []);

    expect(await phaseAlignment.run(aCommand("cargo build"), context)).toBeUndefined();
  });

  it("opens no journal for a command that no rule names", async () => {
    using context = inPhase(undefined, [rule]);

    await phaseAlignment.run(aCommand("ls"), context);

    expect(existsSync(journalFileIn(context.place.dataDir))).toBe(false);
  });

  it("names beforehand what it stops in this phase, and no more", () => {
    using early = inPhase("phase-2", [rule, { from: "phase-3", commands: ["ninja"] }]);
    expect(phaseAlignment.stops?.(early)).toBe("cargo build* in phase-2");

    early.journal().phases.enter({ id: "phase-3", at: 2_000, by: "ada" });
    expect(phaseAlignment.stops?.(early)).toBeUndefined();
  });
});
