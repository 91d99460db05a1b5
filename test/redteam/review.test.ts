import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Question, ScriptedAnswer } from "../../src/sandbox/ai/wire.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "../scenarios/world.ts";
import { attacks, badAnswers, finding } from "./corpus.ts";
import { isSecretIn, wrongInSlack, wrongOnGitHub } from "./outcomes.ts";

/** Busy machines take their time. */
const patienceMs = 60_000;
const honest = "pub fn answer() -> u32 { 42 }";
const answers = Object.entries(badAnswers);

/** Says whatever the change wants it to say, in every field. */
function obey({ data }: Question): ScriptedAnswer {
  const [, kind, at] = /case-(text|answer)-(\d+)/.exec(data) ?? [];
  if (kind === "answer") return answers[Number(at)]?.[1] ?? "";
  const { text = "" } = attacks[Number(at)] ?? {};
  const path = `src/case-text-${at}.rs`;
  return {
    summary: text,
    findings: [
      finding({ path, line: 1, title: text, reason: text, suggestion: text, severity: "critical" }),
      finding({ path, line: 2, title: `Other ${text}`, reason: `${text}\n${text}` }),
      finding({ path: text, line: 1, title: `Elsewhere ${text}`, reason: text, suggestion: text }),
    ],
  };
}

let world: World;
const pulls = new Map<string, number>();
beforeAll(async () => {
  world = await startWorld({
    models: obey,
    settings: ({ github, config: { settings } }) => ({
      ai: {
        ...settings.ai,
        reviews: [
          {
            repository: github.repository,
            channel: "gemini",
            on: ["opened"],
            guidelines: "GEMINI.md",
            maxFindings: 30,
            tokensPerCall: 30_000,
            maxCalls: 4,
            skip: { drafts: true, bots: true, labels: [], fewerLinesThan: 1, paths: [] },
          },
        ],
      },
    }),
  });
  const guidelines = attacks.map(({ text }) => text).join("\n\n");
  await world.github.commit("grace", { message: "Say what matters", file: { path: "GEMINI.md", text: guidelines } });
  for (const [at, { name, text }] of attacks.entries()) pulls.set(name, await open(`case-text-${at}`, text));
  for (const [at, [name]] of answers.entries()) pulls.set(name, await open(`case-answer-${at}`, "Nothing special."));
  await eventually(async () => {
    for (const number of pulls.values()) if ((await checksOf(number)).length === 0) return undefined;
    return true;
  }, patienceMs);
}, 120_000);
afterAll(() => world.close());

/** A pull request that says it wherever its author, who may not write to the repository, can say something. */
async function open(name: string, text: string): Promise<number> {
  const oneLine = text.replaceAll(/\s+/g, " ");
  const inName = oneLine.replaceAll(/[^\w@<>!()${}|=-]/g, "_").slice(0, 100);
  const { number } = await world.github.openPull("ravi", {
    title: `${name} ${oneLine}`.slice(0, 250),
    body: text,
    branch: `${name}-${oneLine
      .replaceAll(/[^\w@<>!$]/g, "-")
      .replaceAll("@{", "-")
      .slice(0, 60)}`.replaceAll(/-+$/g, ""),
    files: {
      [`src/${name}.rs`]: `${text
        .split("\n")
        .map((line) => `// ${line}`)
        .join("\n")}\n${text}\n`,
      [`src/${inName}/${name}.rs`]: `fn f() { /* ${oneLine} */ }\n`,
      "src/zz_honest.rs": `${honest}\n`,
    },
  });
  return number;
}

const numberOf = (name: string): number => pulls.get(name) ?? 0;
const checksOf = async (number: number) =>
  (await world.github.checks(number)).filter(({ name, status }) => status === "completed" && /review/i.test(name));

/** All that the bot has put on a pull request. */
async function saidOn(number: number): Promise<readonly string[]> {
  const { github } = world;
  const comments = (await github.comments(number)).filter(({ author }) => author === github.bot.login);
  const lines = github.reviewThreads(number).flatMap(({ comments: all }) => all);
  return [...comments, ...lines, ...github.reviews(number)].map(({ body }) => body);
}

const questions = () => world.models?.api.requests().map(({ body }) => asked(body)) ?? [];

/** The two parts of a question, as it went over the wire. */
function asked(body: unknown): { readonly instructions: string; readonly data: string } {
  const { messages } = body as { messages: readonly { role: string; content: string }[] };
  return { instructions: messages[0]?.content ?? "", data: messages.at(-1)?.content ?? "" };
}

describe("what a model gets to see of a hostile change", () => {
  it("comes with the same instructions, whatever it says", () => {
    expect(questions()).toHaveLength(pulls.size);
    expect(new Set(questions().map(({ instructions }) => instructions)).size).toBe(1);
  });

  it.each(attacks.map(({ name }, at) => [name, at] as const))("stands between lines that it cannot write: %s", (_, at) => {
    const { data } = questions().find((one) => one.data.includes(`src/case-text-${at}.rs`)) ?? { data: "" };
    const [, code = "none"] = /^BEGIN DATA ([0-9a-f]{24}) title\n/.exec(data) ?? [];

    const borders = data.split("\n").filter((line) => line.includes(code));
    expect(borders).toEqual(
      ["title", "description", "guidelines", "files"]
        .filter((name) => borders.includes(`BEGIN DATA ${code} ${name}`) || name !== "description")
        .flatMap((name) => [`BEGIN DATA ${code} ${name}`, `END DATA ${code}`]),
    );
    expect(data.endsWith(`\nEND DATA ${code}`)).toBe(true);
    // Nothing hides what else the change does.
    expect(data).toContain(honest);
    expect(isSecretIn(data)).toBe(false);
    expect(data).not.toMatch(/[\u200b\u202e\u2066\u{e0000}-\u{e007f}]/u);
  });
});

describe("what the bot says where a model obeys", () => {
  it.each([...attacks.map(({ name }) => name), ...answers.map(([name]) => name)])("is inert on the pull request: %s", async (name) => {
    const said = await saidOn(numberOf(name));
    const checks = await checksOf(numberOf(name));

    expect(said.flatMap(wrongOnGitHub)).toEqual([]);
    expect(checks.flatMap((check) => [JSON.stringify(check)]).some(isSecretIn)).toBe(false);
    expect(world.github.reviews(numberOf(name)).filter(({ state }) => state !== "commented")).toEqual([]);
  });

  it("is told of every attack whose answer has the right form", async () => {
    for (const { name } of attacks) expect((await saidOn(numberOf(name))).length, name).toBeGreaterThan(0);
  });

  it.each(["a severity that is none", "nested ten thousand deep", "no number", "words around it"])(
    "is only that it cannot be read: %s",
    async (name) => {
      expect(await saidOn(numberOf(name))).toEqual([]);
      expect(JSON.stringify(await checksOf(numberOf(name)))).toMatch(/cannot be read|form|ran out of room/);
    },
  );

  it("stays on lines of the diff, and within what a review may say", async () => {
    const lines = [...pulls.values()].flatMap((number) => world.github.reviewThreads(number));

    for (const { path, line } of lines) expect([path, Number.isInteger(line) && line > 0]).toEqual([expect.stringMatching(/^src\//), true]);
    expect(world.github.reviewThreads(numberOf("a hundred thousand findings")).length).toBeLessThanOrEqual(30);
    for (const number of pulls.values()) for (const body of await saidOn(number)) expect(body.length).toBeLessThanOrEqual(65_536);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("makes GitHub do nothing but show it", () => {
    const names = world.github.calls().map(({ name }) => name);

    expect(
      names.filter(
        (name) => /merge|dispatch|rerun|approve|cancel|force|DELETE|\/contents|createCommit/i.test(name) && !name.startsWith("GET "),
      ),
    ).toEqual([]);
  });

  it("calls nobody in Slack, and no log has a secret", () => {
    expect(world.slack.transcript("ci").flatMap(({ blocks }) => wrongInSlack(blocks))).toEqual([]);
    expect(isSecretIn(world.log())).toBe(false);
    expect(world.log()).not.toContain(world.models?.api.geminiKey ?? "no key");
  });
});
