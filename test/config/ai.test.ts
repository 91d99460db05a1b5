import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewRulesOf } from "../../src/config/ai/reviews.ts";
import { Ai, designLimitsOf } from "../../src/config/ai.ts";
import { readConfig } from "../../src/config/config.ts";
import { Environment } from "../../src/config/environment.ts";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import { readSettings } from "../../src/config/read-settings.ts";
import { secretsIn, secretsOf } from "../../src/config/secrets-of.ts";
import { Settings } from "../../src/config/settings.ts";
import { toAi } from "../../src/config/to-ai.ts";
import { createLog } from "../../src/log.ts";
import { modelNamed, priceAt } from "../../src/pipeline/usage/price-book.ts";
import { Secret } from "../../src/secret.ts";

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), "nextrust-")), "nextrust.yml");
});
afterAll(() => rm(join(file, ".."), { recursive: true }));

async function problemsIn(content: string): Promise<readonly string[]> {
  await writeFile(file, content);
  const settings = readSettings(file);
  return "problems" in settings ? settings.problems.map((problem) => problem.replace(file, "FILE")) : [];
}

describe("ai of the settings", () => {
  it("has models for each channel that have a price on each day on which they are there", () => {
    const book = packagedPriceBook();
    const today = Date.parse("2026-11-23");

    for (const { models } of Object.values(Ai.parse({}).channels))
      for (const { id } of models) {
        const model = modelNamed(book, id);
        expect(model && priceAt(model, today), id).toBeDefined();
      }
  });

  it("never ends with a model that retires, by default", () => {
    for (const { models } of Object.values(Ai.parse({}).channels)) expect(models.at(-1)).not.toHaveProperty("retires");
  });

  it("has limits of design help, and rules of reviews that a repository changes one by one", () => {
    const ai = Ai.parse({ reviews: [{ repository: "Acme/Shop", channel: "o3", maxFindings: 3, skip: { drafts: false } }] });

    expect(designLimitsOf(ai)).toEqual({ perDay: 10, perHour: 3, cooldownMs: 1_800_000, isForSessions: true });
    expect(reviewRulesOf(ai.reviews, "acme/shop")).toMatchObject({
      channel: "o3",
      mostFindings: 3,
      mostCalls: 4,
      guidelines: "GEMINI.md",
      on: [],
      skip: { drafts: false, bots: true },
    });
    expect(reviewRulesOf(ai.reviews, "acme/else")).toMatchObject({ channel: "gemini", mostFindings: 10, skip: { drafts: true } });
  });

  it.each([
    ["ai: { channel: {} }", 'FILE:1:7: ai: Unrecognized key: "channel"'],
    ["ai:\n  channels:\n    o4: {}", 'FILE:3:5: ai.channels: Unrecognized key: "o4"'],
    ["ai: { channels: { o3: { models: [] } } }", "FILE:1:25: ai.channels.o3.models: must not be empty"],
    ["ai: { channels: { o3: { models: [{ id: a }, { id: a }] } } }", "FILE:1:25: ai.channels.o3.models: names a model twice"],
    ["ai: { channels: { o3: { models: [{ id: --yolo }] } } }", "FILE:1:40: ai.channels.o3.models.0.id: is not the id of a model"],
    ["ai: { channels: { o3: { models: [{ id: a, retires: soon }] } } }", "FILE:1:52: ai.channels.o3.models.0.retires: Invalid ISO date"],
    ["ai: { channels: { o3: { timeoutSeconds: 4 } } }", "FILE:1:41: ai.channels.o3.timeoutSeconds: must be at least 5"],
    ["ai: { channels: { o3: { maxOutputTokens: 1 } } }", "FILE:1:42: ai.channels.o3.maxOutputTokens: must be at least 256"],
    ["ai: { channels: { o3: { command: x } } }", 'FILE:1:25: ai.channels.o3: Unrecognized key: "command"'],
    ["ai: { channels: { gemini: { use: [cli, cli] } } }", "FILE:1:29: ai.channels.gemini.use: names a way twice"],
    ["ai: { askAboveUsd: -1 }", "FILE:1:20: ai.askAboveUsd: must be at least 0"],
    ["ai: { design: { perHour: 0 } }", "FILE:1:26: ai.design.perHour: must be at least 1"],
    ["ai: { reviews: [{ channel: o3 }] }", "FILE:1:17: ai.reviews.0.repository: is missing"],
    [
      "ai: { reviews: [{ repository: a/b, guidelines: ../secrets }] }",
      "FILE:1:48: ai.reviews.0.guidelines: is not the path of a file in the repository",
    ],
    ["ai:\n  reviews:\n    - repository: a/b\n    - repository: A/B", "FILE:4:19: ai.reviews.1.repository: A/B has rules already"],
    [
      "ai: { reviews: [{ repository: a/b, channel: claude }] }",
      expect.stringMatching(/^FILE:1:45: ai\.reviews\.0\.channel: must be one of/),
    ],
    ["ai: { reviews: [{ repository: a/b, on: [merge] }] }", expect.stringMatching(/^FILE:1:41: ai\.reviews\.0\.on\.0: must be one of/)],
    [
      'ai: { reviews: [{ repository: a/b, skip: { paths: ["a{b}"] } }] }',
      expect.stringMatching(/^FILE:1:52: ai\.reviews\.0\.skip\.paths\.0: has one of/),
    ],
  ])("%j is refused: %s", async (content, problem) => {
    expect(await problemsIn(content)).toEqual([problem]);
  });
});

const token = new Secret("t0ken");
const others = {
  slack: { apiUrl: "", botToken: token, signingSecrets: [] },
  github: { apiUrl: "", credentials: { token }, webhookSecrets: [] },
} as const;

describe("how models are reached", () => {
  const keys = { OPENAI_API_KEY: "sk-openai-key", GEMINI_API_KEY: "gemini-key-1", ANTHROPIC_API_KEY: "sk-ant-key-1" };

  it("is known for each channel that has a key, at its vendor unless told otherwise", () => {
    const shown = (variables: Record<string, string>, settings = {}) =>
      JSON.parse(JSON.stringify(toAi(Environment.parse(variables), Settings.parse(settings), variables)));

    expect(shown({})).toEqual({ path: "" });
    expect(shown({ ...keys, O3_ENDPOINT: "http://127.0.0.1:9/v1" })).toEqual({
      path: "",
      openai: { apiKey: "[secret]", endpoint: "http://127.0.0.1:9/v1" },
      gemini: { apiKey: "[secret]", baseUrl: "https://generativelanguage.googleapis.com" },
      claude: { apiKey: "[secret]", baseUrl: "https://api.anthropic.com" },
    });
    expect(shown({}, { ai: { channels: { claude: { login: true } } } })).toEqual({
      path: "",
      claude: { baseUrl: "https://api.anthropic.com" },
    });
  });

  it.each([
    [{ HOME: "/home/bot" }, "/home/bot/.claude"],
    [{ USERPROFILE: "/users/bot" }, "/users/bot/.claude"],
    [{ HOME: "/home/bot", CLAUDE_CONFIG_DIR: "/etc/claude" }, "/etc/claude"],
    [{ HOME: "/home/bot", CLAUDE_CONFIG_DIR: " " }, "/home/bot/.claude"],
  ])("finds the login of Claude Code, where that may be used: %j", async (variables, folder) => {
    await writeFile(file, "ai: { channels: { claude: { login: true } } }");

    expect(readConfig({ ...variables, NEXTRUST_CONFIG: file }).ai?.claude).toEqual({
      configDir: folder,
      baseUrl: "https://api.anthropic.com",
    });
    expect(readConfig({ ...variables, NEXTRUST_CONFIG: file, ANTHROPIC_API_KEY: "sk-ant-key-1" }).ai?.claude).not.toHaveProperty(
      "configDir",
    );
    expect(readConfig(variables).ai).not.toHaveProperty("claude");
  });

  it("gives programs where they are looked for and how they get out of here, and nothing else of its variables", () => {
    const proxy = { HTTPS_PROXY: "http://bot:p%40ss-word@proxy:3128", NO_PROXY: "localhost,.corp", NODE_EXTRA_CA_CERTS: "/etc/ca.pem" };
    const strange = {
      SLACK_API_TOKEN: "other",
      NODE_OPTIONS: "--inspect",
      LD_PRELOAD: "/x.so",
      AWS_SECRET_ACCESS_KEY: "other",
      HOME: "/home/bot",
    };
    const { ai } = readConfig({ ...keys, ...proxy, ...strange, PATH: "/usr/bin:/bin" });

    expect(ai?.path).toBe("/usr/bin:/bin");
    expect(ai?.variables).toEqual(proxy);
    expect(readConfig({ ...keys, ...strange, PATH: "/bin" }).ai).not.toHaveProperty("variables");
  });

  it("masks the password of a proxy", () => {
    const environment = Environment.parse({ HTTPS_PROXY: "http://bot:p%40ss-word@proxy:3128" });
    const { ai } = readConfig({ HTTPS_PROXY: "http://bot:p%40ss-word@proxy:3128" });

    expect(secretsIn(environment)).toEqual(expect.arrayContaining(["p%40ss-word", "p@ss-word"]));
    expect(secretsOf({ ...readConfig({}), ...(ai && { ai }), ...others })).toEqual(expect.arrayContaining(["p%40ss-word", "p@ss-word"]));
    expect(secretsOf({ ...readConfig({ HTTPS_PROXY: "http://proxy:3128" }), ...others })).toEqual(["t0ken", "t0ken"]);
  });

  it("is refused where an address is none", () => {
    expect(Environment.safeParse({ O3_ENDPOINT: "ftp://x" }).error?.issues).toMatchObject([
      { path: ["O3_ENDPOINT"], message: "is not an http(s) URL" },
    ]);
  });

  it("is masked wherever we speak, and stands in no log", () => {
    const ai = toAi(Environment.parse(keys), Settings.parse({}), {});
    const lines: string[] = [];
    createLog("info", { write: (line) => void lines.push(line) }).info({ ai }, "how models are reached");
    pino({}, { write: (line: string) => void lines.push(line) }).info({ key: ai.openai?.apiKey }, `${ai.gemini?.apiKey}`);

    expect(secretsOf({ ...readConfig(keys), ...others })).toEqual(expect.arrayContaining(Object.values(keys)));
    expect(secretsIn(Environment.parse(keys))).toEqual(Object.values(keys));
    for (const key of Object.values(keys)) expect(lines.join("")).not.toContain(key);
  });

  it("does not keep the bot from starting on the day on which the last model is gone", async () => {
    await writeFile(file, "ai: { channels: { o3: { models: [{ id: o3, retires: 2020-01-01 }] } } }");

    expect(readConfig({ NEXTRUST_CONFIG: file }).settings.ai.channels.o3.models).toEqual([{ id: "o3", retires: "2020-01-01" }]);
  });
});
