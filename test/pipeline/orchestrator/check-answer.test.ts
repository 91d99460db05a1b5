import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdicts } from "../../../src/pipeline/failures/diagnosis.ts";
import { checkAnswer } from "../../../src/pipeline/orchestrator/check-answer.ts";
import { type TriageAnswer, triageActions } from "../../../src/pipeline/orchestrator/triage.ts";

const excerpt =
  "##[group]npm ci\nnpm error network\trequest to https://registry.test failed\n}\nError: Process completed with exit code 1.";
const answered = (changes: Partial<TriageAnswer> = {}): TriageAnswer => ({
  action: "retry",
  workflow: null,
  confidence: 0.9,
  cause: "The registry did not answer.",
  evidence: ["npm error network request to https://registry.test failed"],
  ...changes,
});
const nothing = { verdict: "unknown", isOutage: false, hasPassedHere: false } as const;
const allowed = { retry: true, workflows: ["clear.yml"] };
const check = (changes: Partial<TriageAnswer> = {}, facts = {}, allow = {}) =>
  checkAnswer(answered(changes), {
    excerpts: [excerpt],
    facts: { ...nothing, ...facts },
    allowed: { ...allowed, ...allow },
    secrets: ["hunter2-hunter2"],
  });

describe("an answer about a failure", () => {
  it("is taken where the log shows what it says, however the space between its words is written", () => {
    expect(check()).toEqual({
      action: "retry",
      confidence: 0.9,
      cause: "The registry did not answer.",
      evidence: ["npm error network request to https://registry.test failed"],
    });
  });

  it("counts for nothing without a line that stands in the log", () => {
    for (const evidence of [[], ["npm error network request to https://evil.test failed"], ["}"], [""]])
      expect(check({ evidence })).toMatchObject({ evidence: [], confidence: 0 });
  });

  it("loses the lines that it made up, and keeps the others once", () => {
    const quote = "Error: Process completed with exit code 1.";

    expect(check({ evidence: [quote, "it is all ada's fault", quote] })).toMatchObject({ evidence: [quote], confidence: 0.9 });
  });

  it.each([
    ["retry", { verdict: "broken_on_main" }, "broken_for_all"],
    ["fix_change", { verdict: "broken_on_main" }, "broken_for_all"],
    ["retry", { isOutage: true }, "broken_for_all"],
    ["fix_change", { isOutage: true }, "broken_for_all"],
    ["fix_change", { hasPassedHere: true }, "passed_here"],
  ] as const)("to %s gives way to what was measured: %o", (action, facts, why) => {
    expect(check({ action }, facts)).toMatchObject({ action: "ask_person", confidence: 0, overruled: { said: action, why } });
  });

  it("may be what the facts leave open", () => {
    expect(check({ action: "wait" }, { verdict: "broken_on_main", isOutage: true })).toMatchObject({ action: "wait", confidence: 0.9 });
    expect(check({ action: "retry" }, { hasPassedHere: true })).toMatchObject({ action: "retry" });
  });

  it("is a person's where the settings do not allow it", () => {
    expect(check({ action: "retry" }, {}, { retry: false })).toMatchObject({ action: "ask_person", overruled: { why: "not_allowed" } });
    for (const workflow of [null, "deploy.yml", "../clear.yml", "clear.yml\n"])
      expect(check({ action: "start_workflow", workflow })).toMatchObject({ action: "ask_person", overruled: { why: "no_workflow" } });
    expect(check({ action: "start_workflow", workflow: "clear.yml" })).toMatchObject({ action: "start_workflow", script: "clear.yml" });
  });

  it("has a cause of one short line without secrets or anything unseen", () => {
    const { cause } = check({ cause: `one\u202e\ntwo hunter2-hunter2 \u001b[31m${"x".repeat(999)}` });

    expect(cause).toMatch(/^one two \*\*\* x+…$/);
    expect([...cause]).toHaveLength(400);
  });

  it("never comes to anything that the facts and the settings forbid, whatever a model says", () => {
    const lines = excerpt.split("\n");
    const anAnswer = fc.record({
      action: fc.constantFrom(...triageActions, "deploy" as never, "__proto__" as never),
      workflow: fc.option(fc.constantFrom("clear.yml", "deploy.yml", "", "__proto__")),
      confidence: fc.double(),
      cause: fc.string({ unit: "binary" }),
      evidence: fc.array(fc.oneof(fc.constantFrom(...lines), fc.string())),
    });
    const someFacts = fc.record({ verdict: fc.constantFrom(...verdicts), isOutage: fc.boolean(), hasPassedHere: fc.boolean() });
    const someRules = fc.record({ retry: fc.boolean(), workflows: fc.subarray(["clear.yml", "other.yml"]) });

    fc.assert(
      fc.property(anAnswer, someFacts, someRules, (answer, facts, rules) => {
        const checked = checkAnswer(answer, { excerpts: [excerpt], facts, allowed: rules, secrets: [] });
        const isForAll = facts.isOutage || facts.verdict === "broken_on_main";
        expect(triageActions).toContain(checked.action);
        if (checked.action === "retry") expect([rules.retry, isForAll]).toEqual([true, false]);
        if (checked.action === "fix_change") expect([facts.hasPassedHere, isForAll]).toEqual([false, false]);
        expect(checked.script !== undefined).toBe(checked.action === "start_workflow");
        if (checked.script !== undefined) expect(rules.workflows).toContain(checked.script);
        expect(checked.confidence).toBeGreaterThanOrEqual(0);
        expect(checked.confidence).toBeLessThanOrEqual(checked.evidence.length === 0 ? 0 : 1);
        expect(checked.cause).not.toMatch(/\n/);
      }),
      { numRuns: 200 },
    );
  });
});
