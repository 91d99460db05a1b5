import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runTool, type ToolRun } from "../../src/ai/run-tool.ts";
import { eventually } from "../eventually.ts";
import { aStubTool } from "./a-stub-tool.ts";

const aRun = (script: string, run: Partial<ToolRun> = {}) => {
  const tool = aStubTool("a-tool", script);
  const given: ToolRun = {
    command: "a-tool",
    path: tool.path,
    args: () => [],
    variables: () => ({}),
    input: "",
    signal: AbortSignal.timeout(60_000),
    ...run,
  };
  return { tool, run: () => runTool(given) };
};

/** One that has ended and was not asked after yet is a zombie. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

describe("a tool", () => {
  it("is given what is named and nothing else", async () => {
    process.env.NEXTRUST_TEST_TOKEN = "not-for-tools";
    const { run, tool } = aRun(
      `process.stdout.write(JSON.stringify({ variables: process.env, args: process.argv.slice(2), input: fs.readFileSync(0, "utf8"),
      here: process.cwd(), around: fs.readdirSync("."), told: fs.readFileSync(process.argv[3], "utf8") }));`,
      {
        args: ({ given }) => ["--file", `${given}/words.md`, "; touch x"],
        variables: ({ tmp }) => ({ A_KEY: "k-1", PLACE: tmp }),
        files: { "given/words.md": "Words." },
        input: "A question.",
      },
    );

    const end = await run();
    delete process.env.NEXTRUST_TEST_TOKEN;

    if (end.how !== "ended") throw new Error(end.how);
    const told = JSON.parse(end.stdout);
    expect(told).toMatchObject({ input: "A question.", around: [], told: "Words." });
    expect(told.args).toEqual(["--file", expect.stringContaining("words.md"), "; touch x"]);
    expect(
      Object.keys(told.variables)
        .filter((name) => name !== "__CF_USER_TEXT_ENCODING")
        .toSorted(),
    ).toEqual(["A_KEY", "HOME", "PATH", "PLACE", "TEMP", "TMP", "TMPDIR", "USERPROFILE"]);
    expect(told.variables.PATH).toBe(tool.path);
    expect(told.variables.HOME).not.toBe(process.env.HOME);
  });

  it("leaves nothing behind, whatever it wrote", async () => {
    const { run } = aRun(
      'const home = process.env.HOME; fs.mkdirSync(home + "/.a/b", { recursive: true }); fs.writeFileSync(home + "/.a/b/prompt", "x"); fs.writeFileSync(process.env.TMPDIR + "/dump", "x"); console.log(home);',
    );

    const end = await run();

    if (end.how !== "ended") throw new Error(end.how);
    expect(end.stdout).toContain("nextrust-ai-");
    expect(existsSync(end.stdout.trim())).toBe(false);
  });

  it("tells how it ended", async () => {
    const { run } = aRun('process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 55;');

    expect(await run()).toEqual({ how: "ended", code: 55, stdout: "out", stderr: "err" });
  });

  it("may end before it has read its question", async () => {
    const { run } = aRun("process.exit(3)", { input: "x".repeat(5_000_000) });

    expect(await run()).toMatchObject({ how: "ended", code: 3 });
  });

  it("that is not there is told apart", async () => {
    const { run } = aRun("", { command: "no-such-tool" });

    expect(await run()).toEqual({ how: "missing" });
  });

  it("that cannot be started is told, and nothing is thrown", async () => {
    const { run } = aRun("", { args: () => ["a\0b"] });

    expect(await run()).toMatchObject({ how: "not_started" });
  });

  it("is not begun when the time is up already", async () => {
    const { run, tool } = aRun("", { signal: AbortSignal.abort() });

    expect(await run()).toEqual({ how: "aborted" });
    expect(tool.hasRun).toBe(false);
  });

  it("is ended when the time is up, with what it has started and what ignores to be asked", async () => {
    const stubborn =
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); require("node:fs").appendFileSync(process.env.SEEN, process.pid + "\\n");';
    const abort = new AbortController();
    let home = "";
    const { run, tool } = aRun(
      `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}], { stdio: "inherit", env: { SEEN: seen } }); ${stubborn.replace("process.env.SEEN", "seen")}`,
      {
        signal: abort.signal,
        graceMs: 200,
        args: (place) => {
          home = place.home;
          return [];
        },
      },
    );

    const ending = run();
    const pids = await eventually(() => {
      const found = tool.hasRun ? tool.saw().split("\n").filter(Boolean).map(Number) : [];
      return found.length === 2 && found;
    });
    abort.abort();

    expect(await ending).toEqual({ how: "aborted" });
    await eventually(() => !pids.some(isRunning));
    expect(existsSync(home)).toBe(false);
  });

  it("is not waited for when only what it has started goes on", async () => {
    const { run, tool } = aRun(
      'const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }); fs.appendFileSync(seen, String(child.pid)); process.stdout.write("done"); process.exit(0);',
      { graceMs: 200 },
    );

    expect(await run()).toMatchObject({ how: "ended", code: 0, stdout: "done" });
    await eventually(() => !isRunning(Number(tool.saw())));
  });

  it("that prints without an end is ended", async () => {
    const { run } = aRun(
      'const more = "x".repeat(1 << 20); let left = 100; const go = () => { while (left-- > 0) if (!process.stdout.write(more)) return process.stdout.once("drain", go); }; go();',
    );

    expect(await run()).toEqual({ how: "printed_too_much" });
  });

  it("is listened to for its last errors", async () => {
    const { run } = aRun('for (let i = 0; i < 40; i++) fs.writeSync(2, "x".repeat(1 << 16)); fs.writeSync(2, "the last words");');

    const end = await run();

    if (end.how !== "ended") throw new Error(end.how);
    expect(end.stderr.endsWith("the last words")).toBe(true);
    expect(end.stderr.length).toBeLessThanOrEqual(1024 * 1024);
  });
});
