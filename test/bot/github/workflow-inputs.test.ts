import { describe, expect, it } from "vitest";
import { toWorkflowInputs } from "../../../src/bot/github/workflow-inputs.ts";
import { refusalOf } from "../../commands/grammar/refusal.ts";

const read = (file: string) => toWorkflowInputs(file, ".github/workflows/x.yml");
const name = (inputs: ReturnType<typeof read>) => inputs?.map((input) => input.name);

describe("a workflow file", () => {
  it.each([
    ["on: workflow_dispatch", []],
    ["on: [push, workflow_dispatch]", []],
    ["on: { workflow_dispatch: }", []],
    ["on: { workflow_dispatch: { inputs: } }", []],
    ["on: { workflow_dispatch: { inputs: { a: , b: { type: environment } } } }", ["a", "b"]],
    ["on: push", undefined],
    ["on: [push]", undefined],
    ["on: { push: { branches: [main] } }", undefined],
  ])("%s takes %j", (file, names) => {
    expect(name(read(file))).toEqual(names);
  });

  it("says what each input is, with scalars as text", () => {
    const file =
      "on: { workflow_dispatch: { inputs: { n: { type: number, default: 3, required: true }, c: { type: choice, options: [1, true, x] } } } }";

    expect(read(file)).toEqual([
      { name: "n", type: "number", isRequired: true, default: "3", options: [] },
      { name: "c", type: "choice", isRequired: false, options: ["1", "true", "x"] },
    ]);
  });

  it("may leave an option empty", () => {
    const file = "on: { workflow_dispatch: { inputs: { c: { type: choice, options: [1, null] } } } }";

    expect(read(file)?.[0]?.options).toEqual(["1"]);
  });

  const keys = (count: number) => Array.from({ length: count }, (_, index) => `  k${index}: 1`).join("\n");

  it.each([
    ["many thousand keys", `on: workflow_dispatch\nenv:\n${keys(5_000)}`, []],
    [
      "many thousand inputs",
      `on:\n workflow_dispatch:\n  inputs:\n${keys(5_000).replaceAll(": 1", ":\n").replaceAll("  k", "   k")}`,
      5_000,
    ],
    ["a deep nest", `on: workflow_dispatch\nenv: ${"[".repeat(60_000)}`, "bad_workflow_file"],
    ["aliases of aliases", bomb(), "bad_workflow_file"],
    ["more than 64 KiB", `on: workflow_dispatch\nenv:\n${keys(20_000)}`, "workflow_too_large"],
  ])("with %s is read or refused within seconds", (_, file, expected) => {
    const startedAt = performance.now();

    const refusal = typeof expected === "string" ? refusalOf(() => read(file)).reason : undefined;
    const inputs = refusal === undefined ? read(file) : undefined;

    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(refusal ?? (typeof expected === "number" ? inputs?.length : inputs)).toEqual(expected);
  });

  it.each(["on: [", "jobs: {}", "- a\n- b", "", "on: 7"])("that GitHub would not run is refused: %j", (file) => {
    expect(refusalOf(() => read(file))).toMatchObject({
      reason: "bad_workflow_file",
      message: ".github/workflows/x.yml cannot be understood as a workflow. Repair it and try again.",
    });
  });
});

/** Nine levels of nine aliases each: a thousand million values where it is unfolded. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `  l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(", ")}]`);
  return `on: workflow_dispatch\nenv:\n  l0: &l0 x\n${levels.join("\n")}\n`;
}
