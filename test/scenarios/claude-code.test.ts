import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import { scriptedModel } from "../../src/sandbox/ai/scripted.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { captured, ends } from "../ai/a-stub-tool.ts";
import { eventually } from "../eventually.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { putTools, type Tools } from "./tools.ts";
import { startWorld, type World } from "./world.ts";

/** Busy machines take their time. */
const patienceMs = 30_000;
const result = JSON.parse(captured("claude-code-result.json"));
const tells = (change: object, code = 0) => `fs.readFileSync(0);
  process.stdout.write(JSON.stringify({ ...${JSON.stringify({ ...result, ...change })}, session_id: crypto.randomUUID() }));
  process.exitCode = ${code};`;
const fails = (change: object) => tells({ is_error: true, ...change }, 1);

let tools: Tools;
let world: World;
let state: EmbeddedState;
beforeAll(async () => {
  tools = putTools();
  world = await startWorld({
    models: true,
    priceBook: packagedPriceBook(),
    ai: { path: tools.path },
    settings: ({ slack, github, config: { settings } }) => {
      const { ai } = settings;
      const autoFix = { mode: "suggest" as const, retry: true, workflows: [] };
      const triage = aTriage({ mode: "act", designAfter: 10 });
      const followed = { repository: github.repository, channel: slack.channels.ci.id, autoFix, postMortem: false, triage };
      const claude = { ...ai.channels.claude, command: "claude" };
      return { cooldownSeconds: 0, ai: { ...ai, channels: { ...ai.channels, claude } }, incidents: [followed] };
    },
  });
  world.github.setPrivate(true);
  state = await openEmbedded({ file: world.stateFile });
});
afterAll(async () => {
  await state.close();
  await world.close();
  tools.close();
});

let count = 0;
/** A failure of its own, that nobody has decided about before. */
async function triaged(script: string | undefined) {
  if (script === undefined) tools.remove("claude");
  else tools.put("claude", script);
  count += 1;
  const log = `error: the moon is full in ${["aries", "leo", "libra", "virgo", "pisces", "gemini", "taurus", "cancer"][count]}`;
  const course = { jobs: { build: "failure", lint: "success" }, logs: { build: `##[group]cargo build\n${log}\n` } } as const;
  const before = tools.runs("claude").length;
  const [pull = 0] = await world.github.openPulls("ada", 1, course);
  const decision = await eventually(
    () =>
      state.records.transaction(async ({ decisions }) => (await decisions.list({ since: 0 }, 99)).find((one) => one.pullRequest === pull)),
    patienceMs,
  );
  const shown = await eventually(async () => {
    const [status] = (await world.github.comments(pull)).filter(({ author }) => author === world.github.bot.login);
    const words = status?.body.replaceAll("\\", "");
    return words?.includes("triage") || words?.includes("says Claude Code") ? words : undefined;
  }, patienceMs);
  const { repository } = world.github;
  const ledger = await state.records.transaction(({ ledger }) => ledger.sums({ repository, pullRequest: pull }, ["service", "model"]));
  return { decision, shown, ledger: ledger.map(({ group }) => group), asked: tools.runs("claude").length - before };
}
const paid = [["claude-code", "claude-sonnet-4-5"]];

describe("a failing job that Claude Code looks into", () => {
  it("is told with its cause, and the model that answered is in the ledger", async () => {
    const evidence = ["error: the moon is full in leo"];
    const said = { action: "ask_person", workflow: null, confidence: 0.6, cause: "The moon is full.", evidence };
    const { decision, shown, ledger, asked } = await triaged(tells({ structured_output: said }));

    expect(decision).toMatchObject({ stage: "claude", action: "ask_person", model: "claude-sonnet-4-5", cause: "The moon is full." });
    expect(shown).toContain("Somebody has to look: The moon is full, says Claude Code, 60 % sure. Asked: claude-sonnet-4-5.");
    expect(ledger).toEqual(paid);
    expect(asked).toBe(1);
  });

  it.each([
    [
      "used up its turns",
      fails({ subtype: "error_max_turns", terminal_reason: "max_turns", result: undefined }),
      "stopped at a limit of its own, of turns or money",
      paid,
    ],
    [
      "used up its money",
      fails({ subtype: "error_max_budget_usd", terminal_reason: "budget_exhausted", result: undefined }),
      "stopped at a limit of its own, of turns or money",
      paid,
    ],
    [
      "has no money left",
      fails({ terminal_reason: "api_error", api_error_status: 402, modelUsage: {}, result: "API Error: 402" }),
      "may be asked is used up",
      [],
    ],
    [
      "is not logged in",
      fails({ terminal_reason: "api_error", modelUsage: {}, result: "Not logged in · Please run /login" }),
      "does not take our key or login",
      [],
    ],
    ["answered in words", ends({ stdout: captured("claude-code-result.json") }), "answered in a form that cannot be read", undefined],
    ["is not installed", undefined, "cannot be used on the bot's machine as it is set up", []],
  ])("is a person's where it %s, which says why and what it took", async (_, script, why, spent) => {
    const { decision, shown, ledger, asked } = await triaged(script);

    expect(decision).toMatchObject({ stage: "person", action: "ask_person", failure: expect.stringContaining(why) });
    expect(shown).toContain(why);
    expect(asked).toBe(script === undefined ? 0 : 1);
    if (spent) expect(ledger).toEqual(spent);
    expect(world.github.calls().filter(({ name }) => /rerun/.test(name))).toEqual([]);
    expect(await state.records.transaction(({ reservations }) => reservations.open())).toEqual([]);
  });

  it("names the model that was asked, and what to install in the log", () => {
    const { args = [] } = tools.runs("claude")[0] ?? {};

    expect(args[args.indexOf("--model") + 1]).toBe(scriptedModel);
    expect(world.log()).toContain("Install it: npm install --global @anthropic-ai/claude-code");
  });
});
