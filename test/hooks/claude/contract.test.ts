import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { type MessagesApi, startMessagesApi, type ToolUse } from "./messages-api.ts";
import { claude, type Run, runClaude } from "./run-claude.ts";
import { whereInstalled } from "./where-installed.ts";

if (claude === undefined)
  process.stderr.write("Tests of Claude Code are skipped, as it is not on the PATH: npm install --global @anthropic-ai/claude-code\n");

/** A command for a POSIX shell that does what is written behind the first pattern that the payload fits. */
const whenItSays = (cases: Readonly<Record<string, string>>): string =>
  `payload=$(cat); case "$payload" in ${Object.entries(cases)
    .map(([words, act]) => `*"${words}"*) ${act};;`)
    .join(" ")} esac`;

const say = (output: object): string => `printf %s '${JSON.stringify({ hookSpecificOutput: output })}'`;

const group = (command: string, more: object = {}, matcher?: string) => ({
  ...(matcher && { matcher }),
  hooks: [{ type: "command", command, timeout: 5, ...more }],
});

const bash = (command: string): ToolUse => ({ name: "Bash", input: { command, description: "As the test says" } });

let checkout: Checkout;
let api: MessagesApi;
let run: Run;
const told = (words: string) => api.results().find(({ text }) => text.includes(words));
const isMade = (file: string) => existsSync(join(checkout.path, file));
const everything = () => JSON.stringify(api.asked);

// What our answers rest on. Small scripts stand in for our process, because they can fail as it does not.
whereInstalled("Claude Code, by how a guard before a tool ends", () => {
  beforeAll(async () => {
    checkout = aCheckout({ "README.md": "# A checkout\n" });
    const turn = [
      ...["refused", "crashed", "killed", "late", "explained"].map((name) => bash(`touch ${name}`)),
      { name: "Write", input: { file_path: join(checkout.path, "unguarded"), content: "" } },
    ];
    api = await startMessagesApi({ "Guard it": [{ uses: turn }] });
    const guard = whenItSays({
      "touch refused": "echo 'one reason' >&2; echo 'and another' >&2; exit 2",
      "touch crashed": "echo '{not json'; exit 1",
      "touch killed": "kill -9 $$",
      "touch late": "exec sleep 3",
      "touch explained": say({ hookEventName: "PreToolUse", additionalContext: "Mind the step." }),
    });
    const hooks = {
      PreToolUse: [
        group(guard, { timeout: 1, onFailure: "block" }, "Bash"),
        group("'/nowhere/node' '/nowhere/main.js' hook pre-tool-use", { onFailure: "block" }, "Write"),
      ],
    };
    run = await runClaude({ prompt: "Guard it", api, checkout, hooks });
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    checkout[Symbol.dispose]();
  });

  it("does not run the tool after exit code 2, and shows the model all of standard error", () => {
    expect(isMade("refused")).toBe(false);
    expect(told("one reason\nand another")?.isError).toBe(true);
    expect(run.permission_denials).toHaveLength(5);
  });

  it.each([
    ["crashed", "failed; blocking because onFailure is"],
    ["killed", "failed; blocking because onFailure is"],
    ["late", "timed out; blocking because onFailure is"],
    ["unguarded", "/nowhere/node: not found"],
  ])("does not run a tool whose guard could not say anything: %s", (file, words) => {
    expect(isMade(file)).toBe(false);
    expect(told(words)?.isError).toBe(true);
  });

  it("shows the model what is told beside a tool that it runs", () => {
    expect(isMade("explained")).toBe(true);
    expect(everything()).toContain("PreToolUse:Bash hook additional context: Mind the step.");
  });
});

whereInstalled("Claude Code, by what is said at other events", () => {
  beforeAll(async () => {
    checkout = aCheckout({ "README.md": "# A checkout\n" });
    const turn = ["echo whole", "echo partly", "echo kept", "echo broken; exit 3", "echo plain"].map(bash);
    api = await startMessagesApi({ "Watch it": [{ uses: turn }] });
    const after = (updatedToolOutput: object) => say({ hookEventName: "PostToolUse", updatedToolOutput });
    const hooks = {
      PreToolUse: [group(whenItSays({ "echo plain": "echo a stray line" }))],
      PostToolUse: [
        group(
          whenItSays({
            "echo whole": after({ stdout: "another output", stderr: "", interrupted: false, isImage: false }),
            "echo partly": after({ stdout: "a part of an output" }),
            "echo kept": "exit 1",
            "echo plain": "echo another stray line",
          }),
        ),
      ],
      PostToolUseFailure: [group(`cat >/dev/null; ${say({ hookEventName: "PostToolUseFailure", additionalContext: "Known since May." })}`)],
      SessionStart: [group(say({ hookEventName: "SessionStart", additionalContext: "Phase 3 of 5." }))],
      UserPromptSubmit: [group(say({ hookEventName: "UserPromptSubmit", additionalContext: "Most is spent." }))],
      SessionEnd: [group("sleep 1.7; touch .git/ended", { timeout: 60 })],
    };
    run = await runClaude({ prompt: "Watch it", api, checkout, hooks });
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    checkout[Symbol.dispose]();
  });

  it("shows the model another output only where it has the shape of the tool's own", () => {
    expect(told("another output")?.text).not.toContain("whole");
    expect(told("partly")?.isError).toBe(false);
    expect(everything()).not.toContain("a part of an output");
  });

  it("heeds no hook that fails after a tool", () => {
    expect(told("kept")?.text).not.toContain("hook");
  });

  it.each(["Known since May.", "Phase 3 of 5.", "Most is spent."])("shows the model what is told: %s", (words) => {
    expect(everything()).toContain(words);
  });

  it("shows the model nothing that stands before or after a tool on standard output by accident", () => {
    expect(told("plain")).toBeDefined();
    expect(everything()).not.toContain("stray line");
  });

  it("waits at the end of a session for as long as the settings say, beyond its own limit of 1.5 seconds", () => {
    expect(run.terminal_reason).toBe("completed");
    expect(isMade(".git/ended")).toBe(true);
  });
});

whereInstalled("Claude Code, by how a guard of prompts ends", () => {
  it.each([
    ["echo 'Not like this.' >&2; exit 2", "Not like this."],
    ["exit 1", "failed; blocking because onFailure is"],
  ])("asks no model after %s", async (command, words) => {
    using checkout = aCheckout();
    await using api = await startMessagesApi({});

    const run = await runClaude({ prompt: "Any", api, checkout, hooks: { UserPromptSubmit: [group(command, { onFailure: "block" })] } });

    expect(api.asked).toEqual([]);
    expect(run.result).toContain(words);
  });
});
