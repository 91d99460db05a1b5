import { describe, expect, it } from "vitest";
import { truths } from "../../../src/pipeline/orchestrator/decision.ts";
import { triageActions } from "../../../src/pipeline/orchestrator/triage.ts";
import { judgements, wasRight, wouldRetryBeRight } from "../../../src/pipeline/orchestrator/was-right.ts";

describe("a decision", () => {
  it.each([
    ["retry", "flake", true],
    ["retry", "fixed", false],
    ["retry", "main_recovered", false],
    ["fix_change", "flake", false],
    ["fix_change", "fixed", true],
    ["fix_change", "main_recovered", false],
    ["wait", "flake", true],
    ["wait", "fixed", false],
    ["wait", "main_recovered", true],
    ["start_workflow", "flake", true],
    ["start_workflow", "fixed", false],
    ["start_workflow", "main_recovered", false],
  ] as const)("to %s, of what turns out as %s, was right: %s", (action, truth, isRight) => {
    expect(wasRight({ action, truth })).toBe(isRight);
  });

  it("is neither right nor wrong while, or where, nobody knows its end, nor where it claimed nothing", () => {
    for (const action of triageActions) {
      expect(wasRight({ action })).toBeUndefined();
      expect(wasRight({ action, truth: "unknown" })).toBeUndefined();
    }
    for (const truth of truths) expect(wasRight({ action: "ask_person", truth })).toBeUndefined();
  });

  it("has a reason for each cell", () => {
    for (const row of Object.values(judgements)) for (const { because } of Object.values(row)) expect(because).toMatch(/^[A-Z].+\.$/);
  });
});

describe("“always retry once”", () => {
  it.each([
    ["flake", undefined, true],
    ["flake", "passed", true],
    ["flake", "failed", false],
    ["fixed", undefined, false],
    ["main_recovered", "failed", false],
    ["unknown", "failed", undefined],
    [undefined, "failed", undefined],
  ] as const)("of what turns out as %s, and %s when it ran again, would have been right: %s", (truth, again, isRight) => {
    expect(wouldRetryBeRight({ ...(truth && { truth }), ...(again && { again }) })).toBe(isRight);
  });
});
