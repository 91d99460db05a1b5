import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CannotStart } from "../../src/config/cannot-start.ts";
import { type Config, readConfig } from "../../src/config/config.ts";
import { secretsOf } from "../../src/config/secrets-of.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
});
afterAll(() => rm(folder, { recursive: true }));

const live = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "sign", GITHUB_TOKEN: "ghp_1", GITHUB_WEBHOOK_SECRET: "hook" };

async function read(pager: string, variables: Record<string, string> = {}): Promise<Config> {
  const file = join(folder, "nextrust.yml");
  await writeFile(file, `pager: ${pager}\n`);
  return readConfig({ ...live, NEXTRUST_CONFIG: file, ...variables }) as Config;
}

async function problemsOf(pager: string, variables?: Record<string, string>): Promise<readonly string[]> {
  try {
    await read(pager, variables);
    return [];
  } catch (error) {
    if (error instanceof CannotStart) return error.problems;
    throw error;
  }
}

describe("the pager in settings and environment", () => {
  it("is PagerDuty with its two secrets, which are shown nowhere", async () => {
    const config = await read("{ kind: pagerduty }", { PAGER_ROUTING_KEY: "r0uting", PAGER_SECRET: "new, old" });

    expect(config.pager).toMatchObject({ kind: "pagerduty", url: "https://events.pagerduty.com" });
    expect(config.pager?.secrets.map((secret) => secret.reveal())).toEqual(["new", "old"]);
    expect(secretsOf(config)).toEqual(expect.arrayContaining(["r0uting", "new", "old"]));
    expect(JSON.stringify({ ...config, priceBook: undefined })).not.toContain("r0uting");
  });

  it("is a webhook with its secret", async () => {
    const { pager } = await read("{ kind: webhook, url: http://127.0.0.1:9/pages }", { PAGER_SECRET: "s" });

    expect(pager).toMatchObject({ kind: "webhook", url: "http://127.0.0.1:9/pages" });
  });

  it.each([
    [
      "{ kind: pagerduty }",
      [
        "PAGER_ROUTING_KEY is missing: the integration key of PagerDuty's Events API v2, because pager is configured.",
        "PAGER_SECRET is missing: the secret of PagerDuty's webhook, by which I know what it tells me.",
      ],
    ],
    ["{ kind: webhook, url: https://pager.test/ }", ["PAGER_SECRET is missing: it signs what passes between the pager and me."]],
  ])("%s without secrets is no start", async (pager, problems) => {
    expect(await problemsOf(pager)).toEqual(problems);
  });

  it.each([
    ["{ kind: webhook }", "is missing"],
    ["{ kind: webhook, url: http://pager.test/ }", "has to be https"],
    ["{ kind: webhook, url: https://me:secret@pager.test/ }", "holds a password"],
    ["{ kind: webhook, url: ftp://pager.test/ }", "is not an http(s) URL"],
    ["{ kind: opsgenie }", "pager.kind"],
  ])("%s is no start", async (pager, problem) => {
    const problems = await problemsOf(pager, { PAGER_SECRET: "s" });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});
