import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AiChannels } from "../../src/config/ai/channels.ts";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import type { Transaction } from "../../src/pipeline/records.ts";
import { scriptedModel } from "../../src/sandbox/ai/scripted.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { captured, ends } from "../ai/a-stub-tool.ts";
import { eventually } from "../eventually.ts";
import { isAlive, putTools, type Tools } from "./tools.ts";
import { startWorld, type World } from "./world.ts";

/** Busy machines take their time. */
const patienceMs = 30_000;
const result = JSON.parse(captured("gemini-cli-result.json"));
/** A session of its own for each, as the real ones have. */
const answers = `fs.readFileSync(0);
  const said = ${JSON.stringify({ ...result, response: '```json\n{"summary":"The CLI has looked at it.","findings":[]}\n```' })};
  process.stdout.write(JSON.stringify({ ...said, session_id: crypto.randomUUID() }));`;
const outOfQuota = ends({ code: 173, stderr: captured("gemini-cli-daily-quota.stderr.txt") });
const lastWords = (code: number, message: string) =>
  `Warning: something\n${JSON.stringify({ session_id: "s", error: { type: "Error", message, code } }, null, 2)}\n`;

const geminiOf = (changes: Partial<AiChannels["gemini"]>) => {
  return ({ config: { settings } }: Sandbox) => {
    const { ai } = settings;
    return { cooldownSeconds: 0, ai: { ...ai, channels: { ...ai.channels, gemini: { ...ai.channels.gemini, ...changes } } } };
  };
};

let tools: Tools;
let world: World;
const startsWith = (changes: Partial<AiChannels["gemini"]>, commandOf: (tools: Tools) => string) => {
  beforeAll(async () => {
    tools = putTools();
    tools.put("gemini", answers);
    world = await startWorld({
      models: true,
      priceBook: packagedPriceBook(),
      ai: { path: tools.path, variables: { NO_PROXY: "localhost" } },
      settings: geminiOf({ ...changes, command: commandOf(tools) }),
    });
  });
  afterAll(async () => {
    await world.close();
    tools.close();
  });
};

let count = 0;
const aPull = async (): Promise<number> => {
  count += 1;
  const files = { "src/lexer.rs": `fn at(n: usize) -> usize {\n    n + ${count}\n}\n` };
  return (await world.github.openPull("uma", { title: `Lex ${count}`, branch: `lex-${count}`, files })).number;
};
const botsWords = async (pull: number): Promise<readonly string[]> =>
  (await world.github.comments(pull))
    .filter(({ author }) => author === world.github.bot.login)
    .map(({ body }) => body.replaceAll("\\", ""));
const ledger = async (pull: number) => {
  const state = await openEmbedded({ file: world.stateFile });
  const work = ({ ledger }: Transaction) => ledger.sums({ repository: world.github.repository, pullRequest: pull }, ["service", "model"]);
  try {
    return (await state.records.transaction(work)).map(({ group, requests }) => [...group, requests]);
  } finally {
    await state.close();
  }
};
/** What was asked since. */
const counted = () => {
  const [cli, api] = [tools.runs("gemini").length, world.models?.api.requests().length ?? 0];
  return () => [tools.runs("gemini").length - cli, (world.models?.api.requests().length ?? 0) - api];
};
const check = (pull: number) =>
  eventually(
    async () => (await world.github.checks(pull)).find(({ name, status }) => name === "NeXTRust review (gemini)" && status === "completed"),
    patienceMs,
  );

async function review(pull: number) {
  await world.github.comment("uma", pull, "/ci-force-review gemini");
  const verdict = await check(pull);
  // The answer to the command stands beside the summary, where there is one.
  const least = verdict.title?.endsWith(" failed") ? 1 : 2;
  const words = await eventually(async () => {
    const all = await botsWords(pull);
    return all.length >= least && all.every((each) => !each.includes("Reviewing #")) ? all : undefined;
  }, patienceMs);
  const summary = words.filter((each) => each.includes("review%3Asummary"));
  return { verdict, words, summary };
}

describe("the Gemini CLI with the API behind it", () => {
  startsWith({ use: ["cli", "api"] }, () => "gemini");

  it("reviews by the CLI until its quota of the day is used up, then by the API, and says so", async () => {
    const [first, second] = [await aPull(), await aPull()];
    const asked = counted();

    const morning = await review(first);
    tools.put("gemini", outOfQuota);
    const noon = await review(second);

    expect(morning.summary).toEqual([
      expect.stringMatching(/The CLI has looked at it\.[\s\S]*Answered by: gemini-2\.5-pro through Gemini CLI/),
    ]);
    expect(morning.summary.join()).not.toContain("Stood in");
    expect(noon.summary).toEqual([
      expect.stringMatching(/Answered by: scripted-no-model through Gemini API\n- Stood in: Gemini CLI has used up its quota\./),
    ]);
    expect([morning.words.length, noon.words.length]).toEqual([2, 2]);
    expect(asked()).toEqual([2, 1]);
    expect(await ledger(first)).toEqual([["gemini-cli", "gemini-2.5-pro", 1]]);
    expect(await ledger(second)).toEqual([["gemini-api", scriptedModel, 1]]);
    for (const { title } of [morning.verdict, noon.verdict]) expect(title).toMatch(/^Gemini review of \w+: nothing found$/);
  });

  it("gives the CLI nothing of the bot's variables but what it needs", () => {
    expect(tools.runs("gemini")[0]?.variables.toSorted()).toEqual(
      [
        ...["GEMINI_API_KEY", "GEMINI_CLI_NO_RELAUNCH", "GEMINI_CLI_TRUST_WORKSPACE", "GEMINI_SYSTEM_MD", "GOOGLE_GEMINI_BASE_URL"],
        ...["HOME", "NO_COLOR", "NO_PROXY", "PATH", "TEMP", "TMP", "TMPDIR", "USERPROFILE"],
      ].toSorted(),
    );
  });

  it.each([
    ["it does not trust its folder", ends({ code: 55, stderr: "Not trusted." }), "Gemini CLI could not be used."],
    ["it has no way to log in", ends({ code: 41, stderr: lastWords(41, "Invalid auth") }), "Gemini CLI took no key or login of ours."],
    ["its vendor is down", ends({ code: 247, stderr: lastWords(503, "Overloaded") }), "Gemini CLI could not be reached."],
  ])("lets the API stand in where %s", async (_, script, words) => {
    tools.put("gemini", script);
    const pull = await aPull();
    const asked = counted();

    const { summary } = await review(pull);

    expect(summary).toEqual([expect.stringContaining(`Stood in: ${words}`)]);
    expect(asked()).toEqual([1, 1]);
    expect(await ledger(pull)).toEqual([["gemini-api", scriptedModel, 1]]);
  });

  it("lets the API stand in where nobody has installed it, and says in the log once how to", async () => {
    tools.remove("gemini");

    const { summary } = await review(await aPull());
    await review(await aPull());

    expect(summary).toEqual([expect.stringContaining("Stood in: Gemini CLI could not be used.")]);
    expect(world.log().split("Install it: npm install --global @google/gemini-cli")).toHaveLength(2);
  });
});

describe("the Gemini CLI alone", () => {
  const models = [{ id: "gemini-2.5-pro", retires: "2026-01-01" }, { id: "gemini-3.8-flash" }, { id: scriptedModel }];
  startsWith({ use: ["cli"], models, timeoutSeconds: 5 }, ({ file }) => file("gemini"));

  it("fails visibly without its quota: once, and with what to do", async () => {
    tools.put("gemini", outOfQuota);
    const pull = await aPull();
    const asked = counted();

    const { verdict, words, summary } = await review(pull);

    expect(verdict).toMatchObject({ conclusion: "neutral", title: expect.stringMatching(/^Gemini review of \w+ failed$/) });
    expect(summary).toEqual([]);
    expect(words).toEqual([expect.stringContaining("What Gemini CLI (gemini-3.8-flash) may be asked is used up.")]);
    expect(asked()).toEqual([1, 0]);
    expect(await ledger(pull)).toEqual([]);
  });

  it("passes over a model that is past its day, and one that its vendor has no more, and says so", async () => {
    const gone = JSON.stringify(captured("gemini-cli-no-model.stderr.txt"));
    tools.put(
      "gemini",
      `if (argv.includes("gemini-3.8-flash")) { fs.readFileSync(0); process.stderr.write(${gone}); process.exitCode = 1; } else { ${answers} }`,
    );
    const before = tools.runs("gemini").length;

    const { summary } = await review(await aPull());

    const models = tools
      .runs("gemini")
      .slice(before)
      .map(({ args }) => args[args.indexOf("--model") + 1]);
    expect(models).toEqual(["gemini-3.8-flash", scriptedModel]);
    expect(summary).toEqual([expect.stringContaining("Stood in: Gemini CLI has no gemini-3.8-flash any more.")]);
  });

  it("is stopped when its time is over, with nothing left of it", async () => {
    tools.put("gemini", "setInterval(() => {}, 1000);");

    const { verdict, words } = await review(await aPull());

    expect(verdict.title).toMatch(/^Gemini review of \w+ failed$/);
    expect(words).toEqual([expect.stringContaining("did not answer in time.")]);
    expect(isAlive(tools.runs("gemini").at(-1)?.pid ?? 0)).toBe(false);
  });
});
