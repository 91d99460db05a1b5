import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { triagePrompt } from "../../../src/ai/prompts/triage.ts";
import type { TriageInput } from "../../../src/pipeline/orchestrator/triage.ts";

const input: TriageInput = {
  workflow: "CI",
  place: "a pull request",
  attempt: 1,
  jobs: [{ name: "test", excerpt: "error: the mirror is away", failedTests: ["shop::buys"], onMain: { failed: 1, of: 20 } }],
  verdict: "it cannot be told whose fault it is",
  evidence: ["test passed on main"],
  changedFiles: ["src/shop.rs"],
  workflows: ["clear.yml"],
  history: [],
};
const answer = { action: "retry", workflow: null, confidence: 0.9, cause: "It was away.", evidence: ["error: the mirror is away"] };

describe("the question what to do about a failure", () => {
  it("has another version whenever its words or the shape of its answer change", () => {
    const { version, instructions, schema } = triagePrompt(input);
    const print = createHash("sha256")
      .update(JSON.stringify([instructions, schema]))
      .digest("hex")
      .slice(0, 16);

    // Raise the version in triage.ts together with this.
    expect(`${version}:${print}`).toBe("1:5b0bea8ade4203ef");
  });

  it("holds nothing foreign in its instructions", () => {
    const other = triagePrompt({ ...input, workflow: "Release", jobs: [{ name: "x", excerpt: "y", failedTests: [] }], workflows: [] });

    expect(other.instructions).toBe(triagePrompt(input).instructions);
  });

  it("shows all that is known of it", () => {
    expect(triagePrompt(input).data.replaceAll(/[0-9a-f]{24}/g, "…")).toMatchInlineSnapshot(`
      "BEGIN DATA … the run
      workflow: CI
      ran for: a pull request
      attempt: 1
      END DATA …

      BEGIN DATA … failed jobs
      job 1: test; on the default branch it failed in 1 of its last 20 results; failed tests: shop::buys
      END DATA …

      BEGIN DATA … excerpt of the log of failed job 1
      error: the mirror is away
      END DATA …

      BEGIN DATA … what was measured
      it cannot be told whose fault it is
      test passed on main
      END DATA …

      BEGIN DATA … files that the change touches
      src/shop.rs
      END DATA …

      BEGIN DATA … workflows that may be started
      clear.yml
      END DATA …

      BEGIN DATA … the same failure before
      none
      END DATA …"
    `);
  });

  it("asks for an object of which each field is required, and no other taken", () => {
    expect(triagePrompt(input).schema).toMatchObject({
      type: "object",
      additionalProperties: false,
      required: ["action", "workflow", "confidence", "cause", "evidence"],
    });
  });

  it.each([
    ["an action that is none", { ...answer, action: "deploy" }],
    ["a field too few", { action: "retry" }],
    ["a field too many", { ...answer, command: "/ci approve-run" }],
    ["a text", "retry"],
  ])("reads no answer with %s", (_, wrong) => {
    expect(triagePrompt(input).read(wrong)).toBeUndefined();
    expect(triagePrompt(input).read(answer)).toEqual(answer);
  });
});
