import { afterEach, expect, it } from "vitest";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import { Secret } from "../../src/secret.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { whereGeminiIsInstalled } from "../ai/gemini-installed.ts";
import { startGenerateContentApi } from "../ai/generate-content-api.ts";
import { eventually } from "../eventually.ts";
import { startMessagesApi } from "../hooks/claude/messages-api.ts";
import { claude } from "../hooks/claude/run-claude.ts";
import { whereInstalled } from "../hooks/claude/where-installed.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { startWorld, type World } from "./world.ts";

if (claude === undefined)
  process.stderr.write(
    "A triage by Claude Code itself is not tested, as it is not on the PATH: npm install --global @anthropic-ai/claude-code\n",
  );

const path = process.env.PATH ?? "";
const apiKey = new Secret("sk-ant-not-a-key");
/** Programs that weigh 100 MB take their time on a busy machine. */
const patienceMs = 120_000;

let world: World;
afterEach(() => world.close());

const botsWords = async (pull: number) =>
  (await world.github.comments(pull))
    .filter(({ author }) => author === world.github.bot.login)
    .map(({ body }) => body.replaceAll("\\", ""))
    .join("\n");
async function ledger(pullRequest: number) {
  const state = await openEmbedded({ file: world.stateFile });
  const { repository } = world.github;
  try {
    const sums = await state.records.transaction(({ ledger }) => ledger.sums({ repository, pullRequest }, ["service", "model"]));
    return sums.map(({ group, tokens }) => [...group, tokens.out]);
  } finally {
    await state.close();
  }
}

whereGeminiIsInstalled("A review by the Gemini CLI itself")("the bot with the Gemini CLI itself", { timeout: 2 * patienceMs }, () => {
  it("shows what the CLI found, beside its line and in the summary, with what it took", async () => {
    const finding = {
      severity: "high",
      path: "src/at.rs",
      line: 2,
      endLine: null,
      title: "Adds too much",
      reason: "By one.",
      suggestion: null,
    };
    const says = JSON.stringify({ summary: "It adds one.", findings: [finding] });
    await using api = await startGenerateContentApi([{ says }]);
    world = await startWorld({
      models: true,
      priceBook: packagedPriceBook(),
      ai: { path, gemini: { apiKey, baseUrl: api.url } },
      settings: ({ config: { settings } }) => {
        const { gemini, ...others } = settings.ai.channels;
        const models = [{ id: "gemini-2.5-pro" }];
        return { ai: { ...settings.ai, channels: { ...others, gemini: { ...gemini, use: ["cli"], command: "gemini", models } } } };
      },
    });
    const files = { "src/at.rs": "fn at(n: usize) -> usize {\n    n + 1\n}\n" };
    const { number } = await world.github.openPull("uma", { title: "At", branch: "at", files });

    await world.github.comment("uma", number, "/ci-force-review gemini");

    const words = await eventually(async () => {
      const all = await botsWords(number);
      return all.includes("review%3Asummary") && all;
    }, patienceMs);
    expect(words).toContain("It adds one.");
    expect(words).toContain("Answered by: gemini-as-it-calls-itself through Gemini CLI");
    const [thread] = await eventually(() => world.github.reviewThreads(number).length > 0 && world.github.reviewThreads(number));
    expect(thread).toMatchObject({ path: "src/at.rs", line: 2 });
    expect(api.asked).toHaveLength(1);
    expect(JSON.stringify(api.asked[0]?.body.contents)).toContain("n + 1");
    // The model that answered has no price: until somebody gives it one, what was reserved for the one that was asked counts as spent.
    expect((await ledger(number)).toSorted()).toEqual([
      ["gemini-cli", "gemini-2.5-pro", 0],
      ["gemini-cli", "gemini-as-it-calls-itself", 80],
    ]);
  });
});

whereInstalled("the bot with Claude Code itself", { timeout: 2 * patienceMs }, () => {
  it("has a failure decided by it, and carries that out", async () => {
    const line = "error: could not fetch the crate serde: connection reset";
    const said = { action: "retry", workflow: null, confidence: 0.95, cause: "The registry reset the connection.", evidence: [line] };
    const turn = { uses: [{ name: "StructuredOutput", input: said }], usage: { input_tokens: 100, output_tokens: 10 } };
    await using api = await startMessagesApi({ "": [turn] });
    world = await startWorld({
      models: true,
      priceBook: packagedPriceBook(),
      ai: { path, claude: { apiKey, baseUrl: api.url } },
      settings: ({ slack, github, config: { settings } }) => {
        const { claude, ...others } = settings.ai.channels;
        const models = [{ id: "claude-sonnet-4-5" }];
        const autoFix = { mode: "suggest" as const, retry: true, workflows: [] };
        const triage = aTriage({ mode: "act" });
        return {
          ai: { ...settings.ai, channels: { ...others, claude: { ...claude, command: "claude", models } } },
          incidents: [{ repository: github.repository, channel: slack.channels.ci.id, autoFix, postMortem: false, triage }],
        };
      },
    });
    world.github.setPrivate(true);
    const course = { jobs: { build: "failure", lint: "success" }, logs: { build: `##[group]cargo fetch\n${line}\n` } } as const;

    const [pull = 0] = await world.github.openPulls("ada", 1, course);

    await eventually(() => world.github.calls().some(({ name, status }) => /rerun/.test(name) && status === 201), patienceMs);
    expect(api.asked).toHaveLength(1);
    expect(JSON.stringify(api.asked[0]?.messages)).toContain(line);
    expect(await ledger(pull)).toEqual([["claude-code", "claude-sonnet-4-5", 10]]);
  });
});
