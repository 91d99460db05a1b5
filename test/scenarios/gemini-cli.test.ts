import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { priceBookPath, readPriceBook } from "../../src/config/read-price-book.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { aStubTool, captured } from "../ai/a-stub-tool.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

const result = JSON.stringify({
  ...JSON.parse(captured("gemini-cli-result.json")),
  response: '```json\n{"summary":"It counts further.","findings":[]}\n```',
});

/** Answers once, and then has used up its quota for the day. */
const forOneDay = `if (process.argv.includes("--version")) { console.log("0.61.0"); process.exit(); }
fs.readFileSync(0); fs.appendFileSync(seen, "asked ");
if (fs.readFileSync(seen, "utf8") === "asked ") process.stdout.write(${JSON.stringify(result)});
else { process.stderr.write(${JSON.stringify(captured("gemini-cli-daily-quota.stderr.txt"))}); process.exitCode = 173; }`;

function start(command: string, use: ("cli" | "api")[]): Promise<World> {
  const read = readPriceBook(priceBookPath(undefined));
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  return startWorld({
    models: true,
    priceBook: read.priceBook,
    settings: ({ config: { settings } }) => {
      const { channels } = settings.ai;
      return { cooldownSeconds: 0, ai: { ...settings.ai, channels: { ...channels, gemini: { ...channels.gemini, command, use } } } };
    },
  });
}

async function review(world: World, branch: string): Promise<{ readonly number: number; readonly told: string }> {
  const { github } = world;
  const files = { [`src/${branch}.rs`]: "fn count() -> u8 { 2 }\n" };
  const { number } = await github.openPull("uma", { title: branch, branch, files });
  await world.comment("uma", number, "/ci-force-review gemini");
  const told = await eventually(async () => (await github.comments(number)).find(({ body }) => /review of|used up/.test(body))?.body);
  return { number, told: told.replaceAll("\u200b", "") };
}

describe("a Gemini CLI whose quota is used up in the middle of the day", () => {
  it("gives way to the API, which is said and written down, and nothing is asked twice", async () => {
    const stub = aStubTool("gemini", forOneDay);
    const world = await start(join(stub.path.split(delimiter)[0] ?? "", "gemini"), ["cli", "api"]);
    try {
      const first = await review(world, "before-noon");
      const second = await review(world, "after-noon");

      expect(first.told).toContain("through Gemini CLI");
      expect(first.told).not.toContain("Stood in");
      expect(second.told).toMatch(/Answered by: .* through Gemini API/);
      expect(second.told).toMatch(/Gemini CLI has used up its quota/);
      expect(stub.saw()).toBe("asked asked ");
      expect(world.models?.api.requests()).toHaveLength(1);
      const state = await openEmbedded({ file: world.stateFile });
      const rows = await state.records.transaction(({ ledger }) => ledger.sums({}, ["service", "pr"]));
      await state.close();
      expect(rows.map(({ group, requests }) => [...group, requests]).toSorted()).toEqual([
        ["gemini-api", `${world.github.repository}#${second.number}`, 1],
        ["gemini-cli", `${world.github.repository}#${first.number}`, 1],
      ]);
    } finally {
      await world.close();
    }
  });

  it("leaves a failure that is seen, where nobody can stand in", async () => {
    const stub = aStubTool("gemini", forOneDay);
    const world = await start(join(stub.path.split(delimiter)[0] ?? "", "gemini"), ["cli"]);
    try {
      await review(world, "before-noon");
      const { number, told } = await review(world, "after-noon");

      expect(told).toContain("is used up");
      const check = await eventually(async () =>
        (await world.github.checks(number)).find(({ title }) => title?.includes("Gemini review of")),
      );
      expect(check).toMatchObject({ conclusion: "neutral", title: expect.stringContaining("failed") });
      expect((await world.github.comments(number)).filter(({ author }) => author === world.github.bot.login)).toHaveLength(1);
    } finally {
      await world.close();
    }
  });
});
