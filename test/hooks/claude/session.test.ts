import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wantedHooks } from "../../../src/cli/setup/wanted.ts";
import { journalFileIn } from "../../../src/config/present.ts";
import { table } from "../../../src/hooks/index.ts";
import { bookOf } from "../../../src/machine/book-of.ts";
import { spentOn } from "../../../src/pipeline/sessions/spent.ts";
import { roughUsd } from "../../../src/pipeline/usage/money.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { shipped } from "../../shipped.ts";
import { run as nextrust } from "../../start/nextrust.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { type MessagesApi, startMessagesApi, type ToolUse, type Usage } from "./messages-api.ts";
import { type Run, runClaude } from "./run-claude.ts";
import { whereInstalled } from "./where-installed.ts";

const bash = (command: string): ToolUse => ({ name: "Bash", input: { command, description: "As the test says" } });
const used = (fresh: number, out: number, read = 0, fiveMinutes = 0, hour = 0): Usage => ({
  input_tokens: fresh,
  output_tokens: out,
  cache_read_input_tokens: read,
  cache_creation_input_tokens: fiveMinutes + hour,
  cache_creation: { ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: hour },
});

/** It would be stopped; and if it were not, there is nothing that it could push to. */
const forcePush = "git push --force origin main";

/** Every kind of thing that a session does: tools side by side, one that is stopped, one that fails, much output, a helper in the background. */
const script = {
  "Build the whole thing": [
    {
      says: "I look around.",
      uses: [bash("echo one"), bash("echo two"), bash(forcePush), bash("echo bad; exit 3"), bash("seq 1 4000")],
      usage: used(12_001, 345, 1_003, 2_005, 307),
    },
    {
      uses: [{ name: "Agent", input: { description: "Look", prompt: "Fetch the parcel", subagent_type: "general-purpose" } }],
      usage: used(7, 45, 3_308, 411, 0),
    },
    { says: "It is built.", usage: used(5, 33, 4_007) },
    { says: "The helper is back.", usage: used(9, 21, 4_501, 77, 0) },
  ],
  "Fetch the parcel": [
    { uses: [bash("echo from the helper")], usage: used(901, 61, 0, 703, 0) },
    { says: "It is here.", usage: used(3, 17, 703) },
  ],
};

let checkout: Checkout;
let api: MessagesApi;
let run: Run;

whereInstalled("a session of Claude Code with our hooks", () => {
  beforeAll(async () => {
    checkout = aCheckout({ "README.md": "# A checkout\n" });
    api = await startMessagesApi(script);
    const wanted = wantedHooks(table, [], { node: process.execPath, main: shipped("dist/main.js") });
    const hooks = Object.fromEntries([...wanted].map(([event, group]) => [event, [group]]));
    run = await runClaude({ prompt: "Build the whole thing", api, checkout, hooks });
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    checkout[Symbol.dispose]();
  });

  it("is captured to the token and to the cent, helpers included", () => {
    using journal = opened();

    // What transcripts told, request by request: what Claude Code adds up itself would make good for requests that were overlooked.
    const captured = journal.requests.byModel(run.session_id, "told").map(({ model, tokens }) => [
      model,
      {
        inputTokens: tokens.uncachedIn,
        outputTokens: tokens.out,
        cacheReadInputTokens: tokens.cacheRead,
        cacheCreationInputTokens: tokens.cacheWrite5m + tokens.cacheWrite1h,
      },
    ]);
    const { meteredPico } = spentOn(journal.requests.ofSession(run.session_id), bookOf(undefined));

    expect(captured.map(([model]) => model)).toEqual(Object.keys(run.modelUsage));
    expect(run.modelUsage).toMatchObject(Object.fromEntries(captured));
    expect(run.total_cost_usd).toBeGreaterThan(0.05);
    expect(roughUsd(meteredPico)).toBeCloseTo(run.total_cost_usd, 2);
  });

  it("is in the ledger of the machine when it is over, and ccusage reads the same of it", async () => {
    using journal = opened();

    const { stdout } = await nextrust(["usage-report", "--group-by", "session", "--format", "json"], {
      command: [process.execPath, shipped("dist/main.js")],
      folder: checkout.path,
    });

    expect(journal.sessions.find(run.session_id)).toMatchObject({ state: "final", ccusage: { outcome: "same" } });
    expect(journal.spool.standing()).toMatchObject({ waiting: 0, lost: 0 });
    expect(stdout).toContain(run.session_id);
    expect(stdout).toContain(String(run.total_cost_usd));
  });

  it("goes on past a command that is stopped, and tells the model why", () => {
    const stopped = api.results().find(({ text }) => text.includes("destructive-command: "));

    expect(run).toMatchObject({ terminal_reason: "completed", result: "The helper is back." });
    expect(stopped?.isError).toBe(true);
    expect(stopped?.text).toContain(forcePush);
  });

  it("has a line in the log for everything that fired, and no module failed", () => {
    const lines = logged();

    const count = (event: string, outcome = "passed") => lines.filter((line) => line.event === event && line.outcome === outcome).length;
    expect(count("pre-tool-use")).toBe(6);
    expect(count("pre-tool-use", "stopped")).toBe(1);
    expect(count("post-tool-use")).toBe(5);
    expect(count("post-tool-use-failure")).toBe(1);
    // The helper that comes back begins a turn of its own.
    expect([count("user-prompt-submit"), count("stop")]).toEqual([2, 2]);
    expect([count("session-start"), count("session-end")]).toEqual([1, 1]);
    expect(lines.flatMap(({ modules = [] }) => modules).filter((module) => "failed" in module)).toEqual([]);
  });

  it("leaves nothing behind that git would see", () => {
    expect(checkout.git("status", "--porcelain")).toBe("");
  });
});

function opened() {
  const journal = openJournal(journalFileIn(join(checkout.path, ".nextrust")));
  return { ...journal, [Symbol.dispose]: () => journal.close() };
}

interface Line {
  readonly event: string;
  readonly outcome: string;
  readonly modules?: readonly object[];
}

function logged(): readonly Line[] {
  const folder = join(checkout.path, ".claude", "hook-logs");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return files.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n")).map((line) => JSON.parse(line));
}
