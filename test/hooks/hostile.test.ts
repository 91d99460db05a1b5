import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { journalFileIn } from "../../src/config/present.ts";
import { toAnswer } from "../../src/hooks/answer.ts";
import { dispatch } from "../../src/hooks/dispatch.ts";
import { type HookEvent, hookEvents } from "../../src/hooks/events.ts";
import { table } from "../../src/hooks/index.ts";
import { readPayload } from "../../src/hooks/payload.ts";
import { openJournal } from "../../src/state/sessions/open.ts";
import { shipped } from "../shipped.ts";
import { aCheckout, type Checkout } from "./a-checkout.ts";
import { aContext } from "./a-context.ts";
import { aCommand, aPayload } from "./captured/payload.ts";
import { fire } from "./fire.ts";

const events = Object.keys(hookEvents) as HookEvent[];

const nested = (depth: number): string => `{"tool_name":"Bash","tool_input":{"command":${"[".repeat(depth)}${"]".repeat(depth)}}}`;

/** Strings as nobody writes them: halves of characters, NUL, names that objects have already, shells' own signs. */
const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "",
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "../../../etc/passwd",
    "x".repeat(100_000),
    "$(".repeat(500),
    "'".repeat(501),
  ),
);
const oddValue = fc.oneof(oddText, fc.jsonValue(), fc.constantFrom(null, 1e308, -1, [], {}, [[[[]]]], { __proto__: { isAdmin: true } }));

/** A payload as it was captured, of which some fields are of another kind or gone. */
const oddPayload = (event: HookEvent) => {
  const payload: Record<string, unknown> = { ...aPayload(event) };
  const input = (payload.tool_input ?? {}) as Record<string, unknown>;
  const spoiled = (fields: object) =>
    fc.dictionary(fc.constantFrom(...Object.keys(fields), "__proto__", "constructor"), oddValue, { maxKeys: 3 });
  return fc
    .record({ fields: spoiled(payload), inputs: spoiled({ ...input, command: "", file_path: "", content: "" }) })
    .map(({ fields, inputs }) =>
      // What it names is not to be read: that there is a file of another kind is tested elsewhere.
      JSON.stringify({ ...payload, tool_input: { ...input, ...inputs }, transcript_path: "/nowhere/transcript.jsonl", ...fields }),
    );
};

describe("a payload that Claude Code would never write", () => {
  it.each(events)("is answered or refused at %s, in words that can be read", async (event) => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    // It starts a process each time.
    using context = aContext(checkout, { settings: { off: ["ccusage-check"] } });

    await fc.assert(
      fc.asyncProperty(oddPayload(event), async (text) => {
        const payload = readPayload(event, text);
        if ("problem" in payload) {
          expect(payload.problem).toMatch(/^\S.{5,200}$/s);
          return;
        }
        const failed: unknown[] = [];
        const log = { ran: () => {}, failed: (module: string, error: unknown) => failed.push(module, error) };
        const { exitCode, stdout, stderr } = toAnswer(event, await dispatch(event, payload, { table, context, log }));

        expect(failed).toEqual([]);
        if (exitCode === 2) expect([hookEvents[event].isGuarded, stdout]).toEqual([true, ""]);
        if (exitCode === 2) expect(stderr).toMatch(/^[a-z-]+: \S/);
        if (stdout !== "") expect(Object.keys(JSON.parse(stdout))).toEqual(["hookSpecificOutput"]);
      }),
      // At a stop it is waited for the last line of a transcript.
      { numRuns: event === "stop" ? 8 : 40 },
    );
  });

  it("is no JSON, wherever it was cut off", () => {
    const whole = JSON.stringify(aCommand("echo 'Grüße'"));

    const read = Array.from({ length: whole.length }, (_, length) => readPayload("pre-tool-use", whole.slice(0, length)));

    expect(read.filter((one) => !("problem" in one))).toEqual([]);
  });

  it.each([
    ["nothing", ""],
    ["bytes that are no text", "\0\ud800{"],
    ["nesting without end", nested(200_000)],
    ["3 MB of a command", JSON.stringify(aCommand(`echo ${"x ".repeat(1_500_000)}`))],
  ])("stops the tool by a sentence, or lets it pass: %s", async (_, text) => {
    using checkout = aCheckout();

    const { exitCode, stdout, stderr } = await fire("pre-tool-use", text, { cwd: checkout.path });

    expect(stdout).toBe("");
    if (exitCode === 2) expect(stderr).toMatch(/^\S.{20,400}\.\n$/);
    else expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it("may hold a file of 3 MB", async () => {
    using checkout = aCheckout();
    const file_path = join(checkout.path, "large.txt");
    const payload = aPayload("pre-tool-use", {
      cwd: checkout.path,
      tool_name: "Write",
      tool_input: { file_path, content: "é".repeat(1_500_000) },
    });

    const ended = await fire("pre-tool-use", payload, { cwd: checkout.path });

    expect(ended).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });
});

describe("many hooks at once", () => {
  it("lose nothing: fifty of all events", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    const common = { cwd: checkout.path, transcript_path: join(checkout.path, "none.jsonl") };
    const build = {
      tool_input: { command: "cargo build" },
      tool_response: { stdout: "Finished", stderr: "", interrupted: false, isImage: false },
    };
    const fired = Array.from({ length: 50 }, (_, at): [HookEvent, object] => {
      const session = { ...common, session_id: `s-${at % 4}`, prompt_id: `p-${at}`, tool_use_id: `t-${at}` };
      const event = (["pre-tool-use", "post-tool-use", "user-prompt-submit", "post-tool-use-failure", "stop"] as const)[at % 5] ?? "stop";
      return [event, aPayload(event, { ...session, ...(event === "post-tool-use" && build) })];
    });

    const ended = await Promise.all(fired.map(([event, payload]) => fire(event, payload, { cwd: checkout.path })));

    using journal = opened(checkout);
    expect(ended.map(({ exitCode, stderr }) => `${exitCode}${stderr}`)).toEqual(ended.map(() => "0"));
    expect(logged(checkout)).toHaveLength(50);
    expect(logged(checkout).flatMap(({ modules = [] }) => modules.filter((module) => "failed" in module))).toEqual([]);
    expect(journal.prompts.newest(50)).toHaveLength(10);
    expect(journal.statusLog.latest(50).filter(({ kind }) => kind === "build")).toHaveLength(10);
  });

  it("leave what can be used when they are killed in the middle", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    const payload = aPayload("user-prompt-submit", { cwd: checkout.path });
    await fire("user-prompt-submit", payload, { cwd: checkout.path });

    await Promise.all(
      [25, 35, 45, 55, 65, 75, 85, 95].map((afterMs) => fireAndKill(checkout, { ...payload, prompt_id: `p-${afterMs}` }, afterMs)),
    );
    const ended = await fire("user-prompt-submit", { ...payload, prompt_id: "p-last" }, { cwd: checkout.path });

    using journal = opened(checkout);
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(journal.prompts.find("p-last")).toBeDefined();
    expect(logged(checkout).at(-1)).toMatchObject({ outcome: "passed" });
    expect(integrityOf(checkout)).toBe("ok");
  });
});

async function fireAndKill({ path }: Checkout, payload: object, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [shipped("dist/main.js"), "hook", "user-prompt-submit"], {
    env: { HOME: path, CLAUDE_PROJECT_DIR: path },
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(payload));
  await Promise.race([sleep(afterMs), ended]);
  child.kill("SIGKILL");
  await ended;
}

const fileOf = ({ path }: Checkout): string => journalFileIn(join(path, ".nextrust"));

function opened(checkout: Checkout) {
  const journal = openJournal(fileOf(checkout));
  return { ...journal, [Symbol.dispose]: () => journal.close() };
}

function integrityOf(checkout: Checkout): unknown {
  using database = new DatabaseSync(fileOf(checkout));
  return database.prepare("PRAGMA integrity_check").get()?.integrity_check;
}

interface Line {
  readonly outcome: string;
  readonly modules?: readonly object[];
}

function logged({ path }: Checkout): readonly Line[] {
  const folder = join(path, ".claude", "hook-logs");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return files.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n")).map((line) => JSON.parse(line));
}
