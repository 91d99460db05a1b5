import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aCheckout } from "../hooks/a-checkout.ts";
import { aPayload } from "../hooks/captured/payload.ts";
import { fire } from "../hooks/fire.ts";
import { shipped } from "../shipped.ts";
import { run, temporaryFolder } from "./nextrust.ts";

const bin = shipped("bin/nextrust.js");
const escapeCode = String.fromCharCode(27);
const log = "booting\nprocess didn't exit successfully: `boot` (signal: 4, SIGILL: illegal instruction) token=hunter2-hunter2\n";

describe("nextrust known-issue list", () => {
  it("shows those that come with the bot, as a table or as JSON", async () => {
    const [table, json] = await Promise.all([run(["known-issue", "list"]), run(["known-issue", "list", "--json"])]);

    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout).toMatch(/^Id +Pattern +What it is\natomic-spinlock-m68k +undefined reference/);
    expect(table.stdout).not.toContain(escapeCode);
    expect(JSON.parse(json.stdout)).toMatchObject([{ id: "atomic-spinlock-m68k" }, { errorPattern: "SIGILL|Illegal instruction" }, {}]);
  });

  it("shows the team's own from any folder of a checkout, and how often hooks met them there", async () => {
    const entry = { id: "disk-full", category: "runner", error_pattern: "No space left", description: "The disk is full." };
    using checkout = aCheckout({
      "config/known-issues.json": JSON.stringify({ schema_version: "1.0", known_issues: [entry] }),
      "sub/folder/a.txt": "1\n",
    });
    const folder = join(checkout.path, "sub/folder");
    const error = "Exit code 1\ncc: error: No space left on device";
    await fire("post-tool-use-failure", aPayload("post-tool-use-failure", { cwd: checkout.path, error }), { cwd: checkout.path });

    const [table, json] = await Promise.all([run(["known-issue", "list"], { folder }), run(["known-issue", "list", "--json"], { folder })]);

    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout).toMatch(
      /^Id +Pattern +Seen here +What it is\ndisk-full +No space left +1 ×, last 20\d\d-[\d: -]+UTC +The disk is full\.\n$/,
    );
    expect(JSON.parse(json.stdout)).toMatchObject([{ id: "disk-full", here: { seen: 1, lastAt: expect.stringMatching(/Z$/) } }]);
  });
});

describe("nextrust known-issue test", () => {
  it("says which issue fits a file, or what is piped in, by its exit code too", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "build.log"), log);
    await writeFile(join(folder, "fine.log"), "all fine\n");
    const piped = ["sh", "-c", `'${process.execPath}' '${bin}' "$@" < build.log`, "sh"] as const;

    const [file, pipe, none, absent, noArgument] = await Promise.all([
      run(["known-issue", "test", "build.log"], { folder }),
      run(["known-issue", "test", "-"], { folder, command: piped }),
      run(["known-issue", "test", "fine.log", "--job", "build"], { folder }),
      run(["known-issue", "test", "absent.log"], { folder }),
      run(["known-issue", "test"], { folder }),
    ]);

    expect(file).toMatchObject({ code: 0, stderr: "" });
    expect(file.stdout).toMatch(/^sigill-cpu-variant: [\s\S]*SIGILL: illegal instruction\) token=\*\*\*\n[\s\S]*Confidence +70 %\n$/);
    expect(pipe).toMatchObject({ code: 0, stdout: file.stdout, stderr: "" });
    expect(none).toMatchObject({ code: 1, stdout: "None of the 3 known issues fits (1 line).\n", stderr: "" });
    expect(absent).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^absent\.log cannot be read: ENOENT/) });
    expect(noArgument).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("missing required argument") });
  });
});

describe("nextrust known-issue add", () => {
  it("begins a file beside the settings file, adds behind the others, and leaves the rest as it stands", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "etc"));
    const variables = { NEXTRUST_CONFIG: "etc/nextrust.yml" };
    const add = (...args: string[]) => run(["known-issue", "add", ...args], { folder, variables });
    const basic = ["--pattern", String.raw`No space left \(\d+\)`, "--description", "Full."];

    const first = await add(
      "--id",
      "disk-full",
      ...basic,
      "--fix",
      "workflow:clean.yml",
      "--confidence",
      "0.9",
      "--variant",
      "a",
      "--variant",
      "b",
    );
    const before = await readFile(join(folder, "etc", "known-issues.json"), "utf8");
    const second = await add("--id", "other", ...basic, "--context", "x", "--reference", "https://example.com/1");
    const after = await readFile(join(folder, "etc", "known-issues.json"), "utf8");

    expect([first.stderr, second.stderr]).toEqual(["", ""]);
    expect(first).toMatchObject({ code: 0, stdout: "disk-full is added to etc/known-issues.json. The bot reads it when it starts.\n" });
    expect(JSON.parse(after).known_issues.map(({ id }: { id: string }) => id)).toEqual([
      "atomic-spinlock-m68k",
      "sigill-cpu-variant",
      "llvm-triple-unrecognized",
      "disk-full",
      "other",
    ]);
    expect(after.startsWith(before.slice(0, before.lastIndexOf("\n  ]")))).toBe(true);
    expect(after).toContain(
      String.raw`
      "cpu_variants": ["a", "b"],
      "error_pattern": "No space left \\(\\d+\\)",
      "context_patterns": [],`,
    );
    expect(await readdir(join(folder, "etc"))).toEqual(["known-issues.json"]);
  });

  it("writes nothing that would be a mistake, and says why", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "config"));
    const file = join(folder, "config", "known-issues.json");
    await writeFile(file, '{ "schema_version": "1.0", "known_issues": [] }');
    const add = (...args: string[]) => run(["known-issue", "add", "--description", "x", ...args], { folder });

    const [pattern, confidence, fix, missing] = await Promise.all([
      add("--id", "a", "--pattern", "(a"),
      add("--id", "a", "--pattern", "a", "--fix", "retry", "--confidence", "2"),
      add("--id", "a", "--pattern", "a", "--fix", "shell:rm"),
      add("--id", "a"),
    ]);

    expect(pattern.stderr).toBe("error_pattern: is no pattern of RE2: missing closing ) in (a\n");
    expect(confidence.stderr).toBe("auto_fix.confidence: must be at most 1\n");
    expect(fix.stderr).toMatch(/^auto_fix\.type: must be one of retry, /);
    expect(missing.stderr).toContain("--pattern");
    for (const { code, stdout } of [pattern, confidence, fix, missing]) expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await readFile(file, "utf8")).toBe('{ "schema_version": "1.0", "known_issues": [] }');
  });
});
