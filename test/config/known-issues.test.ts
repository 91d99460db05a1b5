import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/config.ts";
import { knownIssuesPath, packagedIssues, readKnownIssues } from "../../src/config/read-known-issues.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  file = join(folder, "known-issues.json");
});
afterAll(() => rm(folder, { recursive: true }));

const metadata = { first_seen: "2026-11-01", occurrences: 3, last_fix_success: null, references: ["https://example.com/1"] };
const anIssue = {
  id: "disk-full",
  phase: null,
  category: "runner",
  cpu_variants: [],
  error_pattern: "No space left",
  context_patterns: [],
  description: "The runner is full.",
  auto_fix: { type: "retry", script: "", confidence: 0.9 },
  metadata,
};
const aFile = (...issues: readonly object[]) => JSON.stringify({ schema_version: "1.0", known_issues: issues }, undefined, 2);

async function problemsIn(content: string): Promise<readonly string[]> {
  await writeFile(file, content);
  const read = readKnownIssues(file);
  return "problems" in read ? read.problems.map((problem) => problem.replace(file, "FILE")) : [];
}

async function read(...issues: readonly object[]) {
  await writeFile(file, aFile(...issues));
  const found = readKnownIssues(file);
  if ("problems" in found) throw new Error(found.problems.join("\n"));
  return found.knownIssues;
}

describe("the known issues that come with the bot", () => {
  it("are three, and the file says nothing that it should not", async () => {
    expect(await problemsIn(await readFile("config/known-issues.json", "utf8"))).toEqual([]);
    expect(packagedIssues().all.map(({ id }) => id)).toEqual(["atomic-spinlock-m68k", "sigill-cpu-variant", "llvm-triple-unrecognized"]);
  });

  it.each([
    ["atomic-spinlock-m68k", "spin.rs:10: undefined reference to `__sync_val_compare_and_swap'"],
    ["atomic-spinlock-m68k", "ld.lld: error: undefined reference to __sync_val_compare_and_swap_4"],
    ["sigill-cpu-variant", "process didn't exit successfully: `boot` (signal: 4, SIGILL: illegal instruction)"],
    ["sigill-cpu-variant", "qemu: uncaught target signal 4 (Illegal instruction) - core dumped"],
    ["llvm-triple-unrecognized", "error: unknown target triple 'm68k-next-nextstep', please use -triple or -arch"],
  ])("%s fits %j", (id, line) => {
    expect(packagedIssues().all.find(({ isError }) => isError(line))?.id).toBe(id);
  });

  it("are what the schema for editors takes", async () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(await readFile("config/known-issues.schema.json", "utf8")),
    );

    expect(validate(JSON.parse(await readFile("config/known-issues.json", "utf8")))).toBe(true);
    expect(validate(JSON.parse(aFile({ ...anIssue, auto_fix: { type: "shell", script: "rm", confidence: 1 } })))).toBe(false);
  });
});

describe("a file of known issues", () => {
  it("is read in its order; what may be left out need not stand there", async () => {
    const { id, category, error_pattern, description } = anIssue;
    const { all } = await read(anIssue, { id: `${id}-2`, category, error_pattern, description });

    expect(all.map(({ isError, contexts, ...issue }) => issue)).toEqual([
      {
        id,
        category,
        cpuVariants: [],
        errorPattern: "No space left",
        contextPatterns: [],
        description,
        autoFix: { type: "retry", script: "", confidence: 0.9 },
        references: ["https://example.com/1"],
        seenBefore: 3,
      },
      {
        id: `${id}-2`,
        category,
        cpuVariants: [],
        errorPattern: "No space left",
        contextPatterns: [],
        description,
        references: [],
        seenBefore: 0,
      },
    ]);
  });

  it.each([
    ["retry", "", "retry"],
    ["workflow", "clean.yml", "workflow"],
    ["workflow_dispatch", "clean.yaml", "workflow"],
    ["manual", "Ask Ada.", "manual"],
    ["script", "rm -rf /", "manual"],
    ["patch", "apply fix.diff", "manual"],
  ])("takes a fix of the type %s, with the script %j, as %s", async (type, script, meant) => {
    const { all } = await read({ ...anIssue, auto_fix: { type, script, confidence: 1 } });

    expect(all[0]?.autoFix).toEqual({ type: meant, script, confidence: 1 });
  });

  it.each<readonly [string, object, string]>([
    ["an unknown key", { ...anIssue, severity: 1 }, 'FILE:25:7: known_issues.0: Unrecognized key: "severity"'],
    ["no pattern", { ...anIssue, error_pattern: undefined }, "FILE:4:5: known_issues.0.error_pattern: is missing"],
    [
      "an open bracket",
      { ...anIssue, error_pattern: "(a" },
      "FILE:9:24: known_issues.0.error_pattern: is no pattern of RE2: missing closing ) in (a",
    ],
    [
      "a look-ahead",
      { ...anIssue, error_pattern: "a(?=b)" },
      "FILE:9:24: known_issues.0.error_pattern: is no pattern of RE2: invalid or unsupported Perl syntax in (?=",
    ],
    [
      "a back reference",
      { ...anIssue, context_patterns: ["ok", "(a)\\1"] },
      "FILE:12:9: known_issues.0.context_patterns.1: is no pattern of RE2: invalid escape sequence in \\1",
    ],
    [
      "a pattern for nothing",
      { ...anIssue, error_pattern: "x*" },
      "FILE:9:24: known_issues.0.error_pattern: fits every line, an empty one too",
    ],
    [
      "a long pattern",
      { ...anIssue, error_pattern: "x".repeat(501) },
      "FILE:9:24: known_issues.0.error_pattern: has more than 500 characters",
    ],
    [
      "repetitions that multiply",
      { ...anIssue, error_pattern: "x{900}y{900}z{900}" },
      "FILE:9:24: known_issues.0.error_pattern: is too large: its repetitions multiply",
    ],
    ["too much confidence", withFix({ confidence: 1.5 }), "FILE:15:23: known_issues.0.auto_fix.confidence: must be at most 1"],
    ["too little confidence", withFix({ confidence: -0.1 }), "FILE:15:23: known_issues.0.auto_fix.confidence: must be at least 0"],
    [
      "confidence as text",
      withFix({ confidence: "high" }),
      "FILE:15:23: known_issues.0.auto_fix.confidence: must be a number, without quotes",
    ],
    [
      "an unknown fix",
      withFix({ type: "shell" }),
      "FILE:13:17: known_issues.0.auto_fix.type: must be one of retry, workflow, workflow_dispatch, manual, script, patch",
    ],
    [
      "a workflow that is a path",
      withFix({ type: "workflow", script: "../x.yml" }),
      "FILE:14:19: known_issues.0.auto_fix.script: is not the name of a workflow's file such as clean.yml",
    ],
    [
      "nothing to do by hand",
      withFix({ type: "manual", script: " " }),
      "FILE:14:19: known_issues.0.auto_fix.script: is missing: say what a person should do",
    ],
    [
      "an id with spaces",
      { ...anIssue, id: "Disk full" },
      "FILE:5:13: known_issues.0.id: is not a lower-case word such as sigill-cpu-variant",
    ],
    [
      "a page that is none",
      { ...anIssue, metadata: { ...metadata, references: ["javascript:1"] } },
      "FILE:22:11: known_issues.0.metadata.references.0: is not an http(s) URL",
    ],
    [
      "a day that is none",
      { ...anIssue, metadata: { ...metadata, first_seen: "soon" } },
      "FILE:18:23: known_issues.0.metadata.first_seen: is not a day such as 2026-11-01",
    ],
  ])("with %s is refused by line and column", async (_, issue, problem) => {
    expect(await problemsIn(aFile(issue))).toEqual([expect.stringContaining(problem)]);
  });

  it("is refused with an id that stands there twice, at the second one", async () => {
    expect(await problemsIn(aFile(anIssue, { ...anIssue, description: "Again." }))).toEqual([
      "FILE:27:13: known_issues.1.id: disk-full is the id of another issue already",
    ]);
  });

  it.each([
    ["nothing", "", ["FILE:1:1: schema_version: is missing", "FILE:1:1: known_issues: is missing"]],
    ["another version", '{ "schema_version": "2.0", "known_issues": [] }', ["FILE:1:21: schema_version: must be one of 1.0"]],
    ["a backslash too few", '{\n  "known_issues": [{ "error_pattern": "\\d" }]\n}', ["FILE:2:40: Invalid escape sequence \\d"]],
    [
      "a key twice",
      '{ "schema_version": "1.0",\n  "schema_version": "1.0" }',
      ['FILE:2:3: "schema_version" stands here for the second time.'],
    ],
    ["half of it", '{ "schema_version": "1.0",\n  "known_issues": [', [expect.stringMatching(/^FILE:\d+:\d+: /)]],
  ])("that holds %s is refused by line and column", async (_, content, problems) => {
    expect((await problemsIn(content)).slice(0, problems.length)).toEqual(problems);
  });

  it("tells all mistakes at once, in reading order", async () => {
    const problems = await problemsIn(aFile({ ...anIssue, error_pattern: "[" }, { ...anIssue, id: "other", category: "" }));

    expect(problems.map((problem) => problem.split(": ").slice(0, 2).join(" "))).toEqual([
      "FILE:9:24 known_issues.0.error_pattern",
      "FILE:29:19 known_issues.1.category",
    ]);
  });

  it("may be indented by tabs", async () => {
    expect(await problemsIn(JSON.stringify({ schema_version: "1.0", known_issues: [anIssue] }, undefined, "\t"))).toEqual([]);
  });

  it("keeps the bot from starting, beside what else is wrong", async () => {
    await writeFile(join(folder, "nextrust.yml"), "prefx: ci\n");
    await writeFile(file, aFile({ ...anIssue, error_pattern: "(" }));

    expect(() => readConfig({ NEXTRUST_CONFIG: join(folder, "nextrust.yml") })).toThrow(
      /nextrust\.yml:1:1: .*\n.*known-issues\.json:9:24: /,
    );
  });

  it("stands beside the settings file; where there is none, those that come with the bot count", async () => {
    expect(knownIssuesPath(undefined)).toBe(join("config", "known-issues.json"));
    expect(knownIssuesPath("/etc/nextrust/own.yml")).toBe("/etc/nextrust/known-issues.json");
    const read = readKnownIssues(join(folder, "none.json"));
    expect("knownIssues" in read && read.knownIssues.all).toHaveLength(3);
    expect(readKnownIssues(folder)).toEqual({ problems: [expect.stringContaining("cannot be read: it is no file")] });
  });
});

describe("a new entry", () => {
  it("is refused for the mistakes that the file would be refused for", async () => {
    const issues = await read(anIssue);

    expect(issues.mistakesIn({ ...anIssue, id: "other" })).toEqual([]);
    expect(issues.mistakesIn(anIssue)).toEqual(["disk-full is the id of another issue already"]);
    expect(issues.mistakesIn({ ...anIssue, id: "other", error_pattern: "(" })).toEqual([
      "error_pattern is no pattern of RE2: missing closing ) in (",
    ]);
  });
});

function withFix(change: object): object {
  return { ...anIssue, auto_fix: { ...anIssue.auto_fix, ...change } };
}
