import { describe, expect, it } from "vitest";
import { Hooks } from "../../src/config/hooks.ts";

const problemsIn = (settings: object) =>
  Hooks.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("settings of what hooks guard and keep", () => {
  it("get in nobody's way unless somebody says so", () => {
    expect(Hooks.parse({})).toMatchObject({
      buildCommand: { rules: [] },
      fileCreation: { rules: [] },
      workingDirectory: { mode: "warn", roots: [] },
      outputSummary: { overKb: 10, keepOverKb: 50, tools: ["Bash"] },
    });
  });

  it("survive being kept as JSON, as hooks do", () => {
    const settings = Hooks.parse({ fileCreation: { rules: [{ paths: ["a/**"], message: "No." }] } });

    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });

  it.each([
    [{ fileCreation: { protect: ["*.{lock,toml}"] } }, "fileCreation.protect.0: has one of"],
    [{ fileCreation: { rules: [{ paths: [], message: "No." }] } }, "fileCreation.rules.0.paths: "],
    [{ fileCreation: { rules: [{ paths: ["a"], message: " " }] } }, "fileCreation.rules.0.message: "],
    [
      { buildCommand: { rules: [{ name: "a", program: "cmake", env: ["A=B"], message: "No." }] } },
      "buildCommand.rules.0.env.0: is no name",
    ],
    [{ workingDirectory: { mode: "stop" } }, "workingDirectory.mode: "],
    [{ outputSummary: { overKb: 1 } }, "outputSummary.overKb: "],
    [{ successArtefacts: { commands: [{ program: "just", kind: "deploy" }] } }, "successArtefacts.commands.0.kind: "],
    [{ outputSummary: { summarise: true } }, ": Unrecognized key"],
  ])("are refused where they mean nothing: %j", (settings, problem) => {
    expect(problemsIn(settings)).toEqual([expect.stringContaining(problem)]);
  });
});
