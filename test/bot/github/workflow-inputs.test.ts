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

  it.each(["on: [", "jobs: {}", "- a\n- b", "", "on: 7"])("that GitHub would not run is refused: %j", (file) => {
    expect(refusalOf(() => read(file))).toMatchObject({
      reason: "bad_workflow_file",
      message: ".github/workflows/x.yml cannot be understood as a workflow. Repair it and try again.",
    });
  });
});
