import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptedModel } from "../../src/sandbox/ai/scripted.ts";
import { eventually } from "../eventually.ts";
import { isAlive, putTools, type Tools } from "./tools.ts";
import { startWorld, type World } from "./world.ts";

const soon = new Date(Date.now() + 20 * 24 * 60 * 60_000).toISOString().slice(0, 10);

let tools: Tools;
let world: World;
beforeAll(async () => {
  tools = putTools();
  world = await startWorld({
    models: true,
    ai: { path: tools.path },
    settings: ({ config: { settings } }) => {
      const { o3, gemini, claude } = settings.ai.channels;
      const models = [{ id: scriptedModel, retires: soon }];
      const channels = {
        o3,
        gemini: { ...gemini, use: ["cli" as const, "api" as const], command: "gemini", models },
        claude: { ...claude, command: "claude" },
      };
      return { ai: { ...settings.ai, channels } };
    },
  });
});
afterAll(async () => {
  await world.close();
  tools.close();
});

const noticed = () =>
  world
    .log()
    .split("\n")
    .filter((line) => line.includes("something is to be known of a model"))
    .map((line): string => JSON.parse(line).problem);

describe("the log at a start", () => {
  it("names tools that are missing, with how to get them, and models that retire soon, with who succeeds them", async () => {
    const notices = await eventually(() => noticed().length >= 3 && noticed());

    expect(notices.toSorted()).toEqual([
      "Claude Code is not there. Install it: npm install --global @anthropic-ai/claude-code",
      "The Gemini CLI is not there. Install it: npm install --global @google/gemini-cli",
      `${scriptedModel} retires on ${soon}. Nobody succeeds it: name another one in ai.channels of the settings.`,
    ]);
  });

  it("keeps no start waiting for a tool that hangs, and ends it with the bot", async () => {
    tools.put("gemini", "", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);");

    await world.restart();

    expect(await world.ask("ada", "help")).toContain("force-review");
    const pid = await eventually(() => tools.looked("gemini"));
    expect(isAlive(pid)).toBe(true);
    tools.remove("gemini");
    await world.restart();
    expect(isAlive(pid)).toBe(false);
  });
});
