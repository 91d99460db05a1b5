import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/pipeline/check-inputs.ts";
import type { WorkflowInput } from "../../src/pipeline/workflows.ts";
import { refusalOf } from "../commands/grammar/refusal.ts";

const input = (name: string, changes: Partial<WorkflowInput> = {}): WorkflowInput => ({
  name,
  type: "string",
  isRequired: false,
  options: [],
  ...changes,
});
const declared = [
  input("version", { isRequired: true }),
  input("channel", { type: "choice", options: ["nightly", "beta", "stable"], isRequired: true }),
  input("note", { isRequired: true, default: "none" }),
  input("dry-run", { type: "boolean" }),
  input("cpus", { type: "number" }),
];
const check = (typed: Readonly<Record<string, string>>) => checkInputs("Release", declared, new Map(Object.entries(typed)));
const needed = { version: "1", channel: "beta" };

describe("the inputs of a workflow", () => {
  it.each<[Readonly<Record<string, string>>, Readonly<Record<string, string>>, string]>([
    [needed, needed, "what has a default is left to it"],
    [{ ...needed, note: "" }, { ...needed, note: "" }, "nothing is something"],
    [{ ...needed, cpus: "-1.5" }, { ...needed, cpus: "-1.5" }, "a number"],
  ])("%j are sent as %j: %s", (typed, sent) => {
    expect(check(typed)).toEqual(sent);
  });

  it.each([
    [{}, "missing_input", "Release needs version, channel: add version=… channel=nightly"],
    [{ ...needed, speed: "9" }, "unknown_input", "There is no input “speed”. Release takes version, channel, note, dry-run, cpus."],
    [{ ...needed, Version: "2" }, "unknown_input", "There is no input “Version”."],
    [{ ...needed, channel: "Beta" }, "bad_input", "channel may be nightly, beta or stable, not “Beta”."],
    [{ ...needed, "dry-run": "1" }, "bad_input", "dry-run may be true or false, not “1”."],
    [{ ...needed, cpus: "1e3" }, "bad_input", "cpus is a number, not “1e3”."],
  ])("%j are refused as %s", (typed, reason, message) => {
    expect(refusalOf(() => check(typed))).toMatchObject({ reason, message: expect.stringContaining(message) });
  });

  it("are at most 25", () => {
    const many = Array.from({ length: 26 }, (_, index) => `input-${index}`);
    const checkMany = (count: number) =>
      checkInputs(
        "Wide",
        many.map((name) => input(name)),
        new Map(many.slice(0, count).map((name) => [name, "x"])),
      );

    expect(Object.keys(checkMany(25))).toHaveLength(25);
    expect(refusalOf(() => checkMany(26))).toMatchObject({
      reason: "too_many_inputs",
      message: expect.stringContaining("at most 25 inputs"),
    });
  });
});
