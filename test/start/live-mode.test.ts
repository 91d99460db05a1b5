import { generateKeyPairSync } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Settings } from "../../src/config/settings.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { environmentOf } from "../bot-process.ts";
import { eventually } from "../eventually.ts";
import { wordsIn } from "../scenarios/world.ts";
import { run, type Started, start, temporaryFolder } from "./nextrust.ts";

let sandbox: Sandbox;
let variables: Record<string, string>;
const base = { host: "127.0.0.1", port: 0, stateFile: ":memory:", logLevel: "warn", settings: Settings.parse({}) } as const;
beforeEach(async () => {
  sandbox = await startSandbox(base);
  variables = await environmentOf(sandbox, await temporaryFolder());
});
afterEach(() => sandbox.close());

async function startConnected(more: Record<string, string> = {}): Promise<Started> {
  const bot = await start({ variables: { ...variables, ...more } });
  sandbox.connect(bot.url);
  return bot;
}

const seenByAda = () => sandbox.slack.transcript("ci", "ada").map(({ text, blocks }) => wordsIn(blocks) || text);

describe("nextrust start with credentials", () => {
  it("answers a signed command, and writes no secret to its log", async () => {
    const bot = await startConnected({ LOG_LEVEL: "trace" });

    await sandbox.slack.slash({ as: "ada", channel: "ci", text: "status #2" });
    await eventually(() => seenByAda().length === 2);
    await sandbox.github.comment("ada", sandbox.github.pulls.red, "/ci-whoami");
    await eventually(async () => (await sandbox.github.comments(sandbox.github.pulls.red)).length === 2);

    expect(bot.ready).toMatch(/^NeXTRust CI listens on http:\/\/127\.0\.0\.1:\d+ \(Slack: \/slack\/events, GitHub: \/github\/webhooks\)$/);
    expect(seenByAda()[1]).toContain("#2: test-rust (m68040) failed");
    expect((await fetch(`${bot.url}/`)).status).toBe(404);
    const { code, stdout, stderr } = await bot.stop("SIGTERM");
    expect({ code, lines: stdout.split("\n").length }).toEqual({ code: 0, lines: 2 });
    expect(stderr).toContain("command answered");
    const { slack, github } = sandbox;
    for (const secret of [slack.botToken, slack.signingSecret, github.app.webhookSecret, "PRIVATE KEY", "ghs_", "/response/"])
      expect(stderr).not.toContain(secret);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("on %s takes nothing new, finishes what it took, and ends", async (signal) => {
    const bot = await startConnected();
    sandbox.github.setLatency(500);
    await sandbox.slack.slash({ as: "ada", channel: "ci", text: "status #1" });
    const askedAt = performance.now();

    bot.child.kill(signal);
    await sleep(100);
    const late = await sandbox.slack.slash({ as: "ravi", channel: "ci", text: "whoami" });
    const { code } = await bot.ended;

    expect(code).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    expect(seenByAda()[1]).toContain("#1: all 7 jobs are green");
    expect(late.status).toBe(0);
  });

  it("refuses wrong credentials of both services in a sentence each", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });

    const { code, stdout, stderr } = await run(["start"], {
      variables: { ...variables, SLACK_BOT_TOKEN: "xoxb-wrong", GITHUB_PRIVATE_KEY: privateKey },
    });

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      [
        "nextrust cannot start:",
        "- Slack refuses the bot's token. Check its variables (docs/configuration.md).",
        "- GitHub refuses the bot's credentials. Check its variables (docs/configuration.md).\n",
      ].join("\n"),
    );
  });

  it("starts while Slack is away, and is ready when it is back", async () => {
    const end = sandbox.slack.fail(/auth\.test/, { status: 503 });
    const bot = await startConnected();

    const away = await fetch(`${bot.url}/readyz`);
    end();
    const back = await fetch(`${bot.url}/readyz`);

    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ checks: { storage: "ok", slack: "Slack has trouble answering.", github: "ok" } });
    expect(back.status).toBe(200);
  });
});

describe("nextrust start with an app-level token", () => {
  let overSocket: Sandbox;
  let socketVariables: Record<string, string>;
  beforeEach(async () => {
    overSocket = await startSandbox(base, { socketMode: true });
    socketVariables = await environmentOf(overSocket, await temporaryFolder());
  });
  afterEach(() => overSocket.close());

  it("hears Slack by Socket Mode, and on SIGTERM answers what it took and hangs up", async () => {
    const bot = await start({ variables: { ...socketVariables, LOG_LEVEL: "trace" } });
    overSocket.github.setLatency(500);
    const typed = overSocket.slack.slash({ as: "ada", channel: "ci", text: "status #1" });
    await eventually(() => overSocket.slack.socket?.envelopes().length === 1);

    const { code, stderr } = await bot.stop("SIGTERM");

    expect(bot.ready).toMatch(/\(Slack: by Socket Mode, GitHub: \/github\/webhooks\)$/);
    expect(code).toBe(0);
    expect((await typed).shown?.text).toBe("On it: /ci status …");
    expect(overSocket.slack.transcript("ci", "ada").map(({ blocks }) => wordsIn(blocks))[1]).toContain("#1: all 7 jobs are green");
    expect(overSocket.slack.socket?.connections()).toBe(0);
    for (const secret of [overSocket.slack.appToken, "ticket="]) expect(stderr).not.toContain(secret);
  });

  it("refuses one that Slack refuses, in a sentence", async () => {
    const { code, stdout, stderr } = await run(["start"], { variables: { ...socketVariables, SLACK_APP_TOKEN: "xapp-wrong" } });

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("Slack refuses the app-level token in SLACK_APP_TOKEN. Check its variables (docs/configuration.md).");
    expect(stderr).not.toContain("xapp-wrong");
  });
});

describe("nextrust status", () => {
  it("prints the pipeline, without colours where no terminal is, and ends by itself", async () => {
    const { red } = sandbox.github.pulls;

    const { code, stdout, stderr } = await run(["status", `${sandbox.github.repository}#${red}`], { variables });

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`#${red}: test-rust (m68040) failed`);
    expect(stdout).not.toContain(String.fromCharCode(27));
  });

  it("says that there is no such pull request, and no such repository", async () => {
    const { repository } = sandbox.github;

    const [pull, other] = await Promise.all(
      [`${repository}#999`, "nobody/nothing#1"].map((target) => run(["status", target], { variables })),
    );

    expect(pull).toMatchObject({ code: 1, stdout: "", stderr: `There is no ${repository}#999, or the bot cannot see it.\n` });
    expect(other).toMatchObject({ code: 1, stdout: "" });
    expect(other?.stderr).toMatch(/^The GitHub App is not installed on nobody\/nothing, or there is no such repository\.\n$/);
  });
});
