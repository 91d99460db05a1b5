import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { compilerLogs } from "./fixtures/compilers.ts";
import { aJob } from "./fixtures/fixture.ts";
import { systemLogs } from "./fixtures/systems.ts";
import { testRunnerLogs } from "./fixtures/test-runners.ts";
import { aLog } from "./log.ts";

const excerptOfText = (log: string, secrets: readonly string[] = []) => excerptOf(aLog(log), { secrets });

describe("the excerpt of a log", () => {
  it.each([...compilerLogs, ...testRunnerLogs, ...systemLogs])(
    "shows the error of $of",
    async ({ log, error, tool, failedTests = [], shows }) => {
      const excerpt = await excerptOfText(log);

      expect({ error: excerpt.lines[excerpt.errorAt ?? -1], tool: excerpt.tool }).toEqual({ error, tool });
      expect(excerpt.failedTests).toEqual(failedTests);
      expect(excerpt.lines).toContain(shows ?? error);
      expect(excerpt.lines.length).toBeLessThanOrEqual(15);
    },
  );

  it.each([...compilerLogs, ...testRunnerLogs, ...systemLogs])("is the same with CRLF: $of", async ({ log }) => {
    expect(await excerptOfText(log.replaceAll("\n", "\r\n"))).toEqual(await excerptOfText(log));
  });

  it("says where it begins and how long the log was", async () => {
    const log = [...Array.from({ length: 100 }, (_, at) => `step ${at + 1}`), "error[E0308]: mismatched types", "tail"].join("\n");

    const excerpt = await excerptOfText(log);

    expect(excerpt).toMatchObject({ totalLines: 102, isCut: false, tool: "rustc" });
    expect(excerpt.lines[0]).toBe(`step ${excerpt.firstLine}`);
    expect(excerpt.lines).toHaveLength(15);
    expect(excerpt.errorAt).toBe(13);
  });

  it("takes four lines before the error and ten after when both are there", async () => {
    const around = Array.from({ length: 50 }, (_, at) => `step ${at}`);

    const excerpt = await excerptOfText([...around, "error[E0308]: mismatched types", ...around].join("\n"));

    expect(excerpt).toMatchObject({ errorAt: 4, firstLine: 47 });
    expect(excerpt.lines.at(-1)).toBe("step 9");
  });

  it("is the last lines of a log without an error", async () => {
    const excerpt = await excerptOfText(`${Array.from({ length: 40 }, (_, at) => `step ${at}`).join("\n")}\n\n\n`);

    expect(excerpt).toMatchObject({ errorAt: undefined, tool: undefined, firstLine: 27, totalLines: 42 });
    expect(excerpt.lines.at(-1)).toBe("step 39");
  });

  it("is empty for an empty log", async () => {
    expect(await excerptOfText("")).toEqual({
      lines: [],
      firstLine: 1,
      errorAt: undefined,
      tool: undefined,
      failedTests: [],
      moreFailedTests: 0,
      totalLines: 0,
      isCut: false,
    });
  });

  it("squeezes blank lines and ends with its step", async () => {
    const excerpt = await excerptOfText(
      `a\n\n\n\nb\n${aJob("make", "c\n\n\n\nerror[E0308]: mismatched types\nd").replace("Post job", "\nPost job")}`,
    );

    expect(excerpt.lines.slice(-5)).toEqual(["c", "", "error[E0308]: mismatched types", "d", "Error: Process completed with exit code 1."]);
  });

  it("lets a compiler's error win over an earlier word of one", async () => {
    const excerpt = await excerptOfText(
      "Error: cache not restored\nbuilding\nmain.c:3:5: error: unknown type name 'foo'\nmain.c:4:5: error: another",
    );

    expect(excerpt.lines[excerpt.errorAt ?? -1]).toBe("main.c:3:5: error: unknown type name 'foo'");
  });

  it("reads a group of the script's own, not the runner's", async () => {
    const excerpt = await excerptOfText("##[group]Run tests\nrunning\nerror[E0308]: mismatched types\n##[endgroup]");

    expect(excerpt.tool).toBe("rustc");
  });

  it.each([
    "0 errors, 0 warnings",
    "error: false",
    '"error": null,',
    "no error",
    "no errors found",
    "test errors::foo ... ok",
    "cc -Wall -Werror=format a.c",
    "continue-on-error: true",
    "warning: unused variable: `error`",
    "+ grep 'undefined reference to' build.log",
    "✓ says Segmentation fault when killed (3 ms)",
    "   Compiling thiserror v2.0.0",
    "Downloading errors-1.0: FAILED.txt",
    "checking whether SIGBUS is declared... yes",
    "-- Looking for SIGSEGV - found",
  ])("takes no error for one: %s", async (line) => {
    expect(await excerptOfText(`a\n${line}\nb`)).toMatchObject({ errorAt: undefined, lines: ["a", line, "b"] });
  });

  it("counts characters as people do when it clips a line", async () => {
    const { lines } = await excerptOfText(`${"👩".repeat(300)}\n${"👩".repeat(301)}`);

    expect(lines).toEqual(["👩".repeat(300), `${"👩".repeat(299)}…`]);
  });

  it("names ten failed tests and counts the others, each once", async () => {
    const names = Array.from({ length: 14 }, (_, at) => `test tests::t${at} ... FAILED`);

    const excerpt = await excerptOfText([...names, ...names].join("\n"));

    expect(excerpt.failedTests).toEqual(Array.from({ length: 10 }, (_, at) => `tests::t${at}`));
    expect(excerpt.moreFailedTests).toBe(4);
  });
});
