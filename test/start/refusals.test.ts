import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { type Ended, run, start, temporaryFolder } from "./nextrust.ts";

/** One line for one problem, a list for several, and never a stack or a secret. */
function expectSentences({ code, stdout, stderr }: Ended, ...sentences: RegExp[]): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  const lines = stderr.trimEnd().split("\n");
  const said = lines.length === 1 ? lines : lines.slice(1).map((line) => line.replace(/^- /, ""));
  expect(lines.length === 1 || lines[0] === "nextrust cannot start:").toBe(true);
  expect(said).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  expect(stderr).not.toMatch(/^\s+at |node:|\.[jt]s:\d|s3cret/m);
}

/** Answers everything with 503. */
async function aServiceInTrouble(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(503).end()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const onlySlack = { SLACK_BOT_TOKEN: "xoxb-s3cret", SLACK_SIGNING_SECRET: "s3cret" };
const onlyGitHub = { GITHUB_TOKEN: "ghp_s3cret", GITHUB_WEBHOOK_SECRET: "s3cret" };

describe("nextrust start refuses", () => {
  it("only one service's credentials, and lists all that is missing", async () => {
    expectSentences(
      await run(["start"], { variables: onlySlack }),
      /^GITHUB_WEBHOOK_SECRET is missing/,
      /^GITHUB_APP_ID and GITHUB_PRIVATE_KEY \(or GITHUB_TOKEN\) are missing/,
    );
  });

  it("to be in production with nothing set", async () => {
    expectSentences(
      await run(["start"], { variables: { NODE_ENV: "production" } }),
      /^SLACK_BOT_TOKEN is missing/,
      /^SLACK_SIGNING_SECRET is missing/,
      /^GITHUB_WEBHOOK_SECRET is missing/,
      /^GITHUB_APP_ID and GITHUB_PRIVATE_KEY/,
    );
  });

  it("a wrong variable, a missing one and a broken settings file, all at once", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "team.yml"), "prefx: ci\ncooldownSeconds: soon\n");

    const ended = await run(["start"], {
      folder,
      variables: { ...onlySlack, PORT: "http", GITHUB_TOKEN: "x", NEXTRUST_CONFIG: "team.yml" },
    });

    expectSentences(
      ended,
      /^GITHUB_WEBHOOK_SECRET is missing/,
      /^PORT is not a number\.$/,
      /^team\.yml:1:1: the file: Unrecognized key: "prefx"$/,
      /^team\.yml:2:18: cooldownSeconds: must be a number/,
    );
  });

  it("settings that are no YAML, found where they are by default", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "broken.yml"), "a: b: c\n");

    expectSentences(
      await run(["start"], { folder, variables: { NEXTRUST_CONFIG: "broken.yml" } }),
      /^broken\.yml:1:4: Nested mappings are not allowed/,
    );
  });

  it("a data folder that is a file", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");

    const ended = await run(["start"], {
      folder,
      variables: { ...onlySlack, ...onlyGitHub, ...(await inTrouble()), NEXTRUST_DATA_DIR: "file" },
    });

    expectSentences(
      { ...ended, stderr: withoutLog(ended.stderr) },
      /^The database file.nextrust\.db cannot be opened .+ check that its folder exists/,
    );
  });

  it("a database of a newer version", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "nextrust.db");
    await (await openEmbedded({ file })).close();
    const database = new DatabaseSync(file);
    database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-future', '')");
    database.close();

    const ended = await run(["start"], {
      folder,
      variables: { ...onlySlack, ...onlyGitHub, ...(await inTrouble()), NEXTRUST_DATA_DIR: "." },
    });

    expectSentences({ ...ended, stderr: withoutLog(ended.stderr) }, /was written by a newer version of NeXTRust CI \(it has 9999-future\)/);
  });

  it("a database that is none", async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, "nextrust.db"),
      "This is no database at all, but words in a file that is long enough to be looked at.".repeat(20),
    );

    const ended = await run(["start"], {
      folder,
      variables: { ...onlySlack, ...onlyGitHub, ...(await inTrouble()), NEXTRUST_DATA_DIR: "." },
    });

    expectSentences({ ...ended, stderr: withoutLog(ended.stderr) }, /is not a database of NeXTRust CI: move it away/);
  });

  it("an address that this machine does not have", async () => {
    const ended = await run(["start"], {
      variables: { ...onlySlack, ...onlyGitHub, ...(await inTrouble()), HOST: "192.0.2.1", PORT: "0" },
    });

    expectSentences({ ...ended, stderr: withoutLog(ended.stderr) }, /^HOST 192\.0\.2\.1 is no address of this machine\.$/);
  });
});

describe("nextrust start with services that are away", () => {
  it("starts, says in /readyz what does not work, and still ends well", async () => {
    const bot = await start({ variables: { ...onlySlack, ...onlyGitHub, ...(await inTrouble()) } });

    const [health, readiness] = await Promise.all(["/healthz", "/readyz"].map((path) => fetch(`${bot.url}${path}`)));

    expect(health?.status).toBe(200);
    expect(readiness?.status).toBe(503);
    expect(await readiness?.json()).toEqual({
      status: "not ready",
      checks: { storage: "ok", slack: "Slack has trouble answering.", github: "GitHub has trouble answering." },
    });
    const { code, stderr } = await bot.stop("SIGTERM");
    expect(code).toBe(0);
    expect(stderr).toContain("a service does not answer at start");
    expect(stderr).not.toContain("s3cret");
  });
});

async function inTrouble(): Promise<Record<string, string>> {
  const url = await aServiceInTrouble();
  return { SLACK_API_URL: `${url}/api/`, GITHUB_API_URL: url };
}

/** What is for people, without the log's JSON lines. */
const withoutLog = (stderr: string): string => stderr.replaceAll(/^\{.*\}\n/gm, "");
