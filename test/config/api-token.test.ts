import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { CannotStart } from "../../src/config/cannot-start.ts";
import { readConfig } from "../../src/config/config.ts";
import { secretsOf } from "../../src/config/secrets-of.ts";

const credentials = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s", GITHUB_TOKEN: "ghp_1", GITHUB_WEBHOOK_SECRET: "w" };
const [first, second] = ["a".repeat(32), "b".repeat(32)];

const problemsOf = (token: string): readonly string[] => {
  try {
    readConfig({ ...credentials, NEXTRUST_API_TOKEN: token });
    return [];
  } catch (error) {
    return (error as CannotStart).problems;
  }
};

describe("NEXTRUST_API_TOKEN", () => {
  it("may be several while it is rotated, none of which is ever shown", () => {
    const config = readConfig({ ...credentials, NEXTRUST_API_TOKEN: `${first}, ${second}` });
    if (!config.slack) throw new Error("This is no sandbox.");

    expect(config.apiTokens?.map((token) => token.reveal())).toEqual([first, second]);
    expect(secretsOf(config)).toEqual(expect.arrayContaining([first, second]));
    expect(`${inspect(config, { depth: 9 })}${JSON.stringify(config.apiTokens)}`).not.toContain(first);
  });

  it("may be absent, and so nobody is let in", () => {
    expect(readConfig(credentials)).not.toHaveProperty("apiTokens");
  });

  it("counts in the sandbox too", () => {
    expect(readConfig({ NEXTRUST_API_TOKEN: first }).apiTokens?.[0]?.reveal()).toBe(first);
  });

  it.each([
    [`${first},short`, "NEXTRUST_API_TOKEN is too short: at least 32 characters, as by openssl rand -hex 32."],
    [",", "NEXTRUST_API_TOKEN holds no secret."],
    [`two words${first}`, "NEXTRUST_API_TOKEN holds what no header can: use letters and digits."],
    ["ä".repeat(40), "NEXTRUST_API_TOKEN holds what no header can: use letters and digits."],
  ])("keeps the bot from starting when it is %s", (token, problem) => {
    expect(problemsOf(token)).toContain(problem);
  });
});
