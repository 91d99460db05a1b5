import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { tellSecrets } from "../../../src/cli/setup/actions-secrets.ts";
import { bot } from "../../../src/cli/setup/services/bot.ts";
import { ccusage } from "../../../src/cli/setup/services/ccusage.ts";
import { claudeCode } from "../../../src/cli/setup/services/claude-code.ts";
import { gemini } from "../../../src/cli/setup/services/gemini.ts";
import { github } from "../../../src/cli/setup/services/github.ts";
import { services } from "../../../src/cli/setup/services/index.ts";
import { openai } from "../../../src/cli/setup/services/openai.ts";
import type { Around } from "../../../src/cli/setup/services/service.ts";
import { tellServices } from "../../../src/cli/setup/services/tell.ts";
import { aTerminal } from "./a-terminal.ts";

const key = "the-key-that-nobody-sees-0123456789abcdef";

interface Answered {
  readonly status: number;
  readonly body?: unknown;
}

/** A server that answers by method and path; to others than the bearer of the key with 401. */
async function aServer(answers: Readonly<Record<string, Answered>>, isOpen = false) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const known = isOpen || request.url === "/healthz" || hasKey(request);
    const { status, body } = known ? (answers[request.url ?? ""] ?? { status: 404 }) : { status: 401 };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const hasKey = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === `Bearer ${key}` || headers["x-api-key"] === key || headers["x-goog-api-key"] === key;

/** A home with nothing in it but these files and programs. */
function aMachine(
  variables: Readonly<Record<string, string>>,
  some: { files?: Record<string, string>; programs?: Record<string, string> } = {},
): Around {
  const home = mkdtempSync(join(tmpdir(), "nextrust-home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, "bin"));
  for (const [path, text] of Object.entries(some.files ?? {})) {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  for (const [name, line] of Object.entries(some.programs ?? {})) {
    writeFileSync(join(home, "bin", name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(home, "bin", name), 0o755);
  }
  return {
    variables: { PATH: join(home, "bin"), HOME: home, ...variables },
    claudeFolder: join(home, ".claude"),
    home,
    root: home,
    repository: "acme/engine",
    isOffline: false,
  };
}

const claude = { claude: "echo '2.1.330 (Claude Code)'" };
/** Nobody listens there. */
const nobody = "http://127.0.0.1:1";

describe("Claude Code", () => {
  it.each([
    ["is missing", {}, {}, "missing", "claude is not on the PATH."],
    [
      "is older than what was tested",
      {},
      { programs: { claude: "echo 2.1.99" } },
      "wrong",
      "It is 2.1.99; the hooks were tested with 2.1.330.",
    ],
    ["does not start", {}, { programs: { claude: "exit 3" } }, "wrong", "--version ended with 3."],
    ["has neither key nor login", {}, { programs: claude }, "missing", "neither a login nor ANTHROPIC_API_KEY"],
    ["has a login", {}, { programs: claude, files: { ".claude/.credentials.json": "{}" } }, "works", "2.1.330, with a login."],
    ["has a login of a Mac", {}, { programs: claude, files: { ".claude.json": '{"oauthAccount":{}}' } }, "works", "with a login."],
    [
      "has a key, but nobody answers",
      { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: nobody },
      { programs: claude },
      "wrong",
      "cannot be reached",
    ],
  ])("%s", async (_, variables, machine, state, says) => {
    expect(await claudeCode.look(aMachine(variables as Record<string, string>, machine))).toMatchObject({
      state,
      says: expect.stringContaining(says),
    });
  });

  it.each([
    ["is taken", key, "works", "ANTHROPIC_API_KEY is taken."],
    ["is not taken", "sk-wrong", "wrong", "ANTHROPIC_API_KEY is not taken."],
  ])("has a key that %s", async (_, used, state, says) => {
    const { url } = await aServer({ "/v1/models?limit=1": { status: 200 } });

    const seen = await claudeCode.look(aMachine({ ANTHROPIC_API_KEY: used, ANTHROPIC_BASE_URL: url }, { programs: claude }));

    expect(seen).toMatchObject({ state, says: expect.stringContaining(says) });
  });
});

describe("OpenAI", () => {
  it("is asked once, and tells which models end soon", async () => {
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const data = [
      { id: "gpt-6.1-sol" },
      { id: "o3", shutdown_date: soon },
      { id: "late", shutdown_date: "2999-01-01" },
      { id: "odd", shutdown_date: {} },
      { id: "seconds", shutdown_date: Date.parse(soon) / 1000 },
    ];
    const { url, asked } = await aServer({ "/v1/models": { status: 200, body: { data } } });

    const seen = await openai.look(aMachine({ OPENAI_API_KEY: key, O3_ENDPOINT: `${url}/v1/` }));

    expect(seen).toEqual({
      state: "works",
      says: `OPENAI_API_KEY is taken; it reaches 5 models. OpenAI shuts down soon: o3 on ${soon}, seconds on ${soon}.`,
    });
    expect(asked).toEqual(["/v1/models"]);
  });

  it.each([
    ["no key", {}, "missing", "OPENAI_API_KEY is not set."],
    ["another key", { OPENAI_API_KEY: "sk-other", path: "/v1" }, "wrong", "OPENAI_API_KEY is not taken."],
    ["an address without /v1", { OPENAI_API_KEY: key, path: "" }, "wrong", "it ends in /v1 as a rule"],
    ["an answer without models", { OPENAI_API_KEY: key, path: "/odd" }, "wrong", "the answer lists no models"],
    ["no server", { OPENAI_API_KEY: key, O3_ENDPOINT: nobody }, "wrong", "127.0.0.1:1 cannot be reached."],
    ["no address", { OPENAI_API_KEY: key, O3_ENDPOINT: "openai" }, "wrong", "O3_ENDPOINT is not an http(s) URL."],
  ])("with %s is told as such", async (_, { path, ...variables }: Record<string, string>, state, says) => {
    const { url } = await aServer({ "/v1/models": { status: 200 }, "/odd/models": { status: 200 } });
    const address = path === undefined ? {} : { O3_ENDPOINT: url + path };

    expect(await openai.look(aMachine({ ...variables, ...address }))).toMatchObject({ state, says: expect.stringContaining(says) });
  });
});

describe("Gemini", () => {
  const cli = { gemini: "echo 0.61.0" };
  const signedIn = { ".gemini/settings.json": '{"security":{"auth":{"selectedType":"oauth-personal"}}}' };

  it.each([
    ["is missing", {}, {}, "missing", "Neither GEMINI_API_KEY nor the program"],
    ["has a program nobody signed in to", {}, { programs: cli }, "missing", "it ends with 41"],
    [
      "has a program that is signed in",
      {},
      { programs: cli, files: signedIn },
      "unchecked",
      "The CLI is 0.61.0, signed in by oauth-personal.",
    ],
    ["has a program that does not start", {}, { programs: { gemini: "exit 1" } }, "wrong", "--version ended with 1."],
    ["has a key", { GEMINI_API_KEY: key }, {}, "works", "There is no CLI. GEMINI_API_KEY is taken."],
    [
      "has a key and another way",
      { GEMINI_API_KEY: key },
      { programs: cli, files: signedIn },
      "works",
      "though the CLI signs in by oauth-personal.",
    ],
    ["has another key", { GEMINI_API_KEY: "other" }, {}, "wrong", "GEMINI_API_KEY is not taken."],
  ])("%s", async (_, variables, machine, state, says) => {
    const { url } = await aServer({ "/v1beta/models?pageSize=1": { status: 200 } });

    const seen = await gemini.look(aMachine({ GEMINI_BASE_URL: url, ...variables } as Record<string, string>, machine));

    expect(seen).toMatchObject({ state, says: expect.stringContaining(says) });
  });
});

describe("ccusage", () => {
  it.each([
    ["is missing", {}, "missing", "not on the PATH"],
    ["is of the one good version", { ccusage: "echo ccusage 20.0.24" }, "works", "20.0.24"],
    ["is newer", { ccusage: "echo 20.0.26" }, "wrong", "It is 20.0.26; only 20.0.24 is complete"],
    [
      "came without its program",
      { ccusage: "echo native binary is not available >&2; exit 1" },
      "wrong",
      "some versions come without their program",
    ],
  ])("%s", async (_, programs, state, says) => {
    expect(await ccusage.look(aMachine({}, { programs: programs as Record<string, string> }))).toMatchObject({
      state,
      says: expect.stringContaining(says),
    });
  });
});

describe("GitHub", () => {
  it.each([
    ["takes the token", key, "acme/engine", "works", "sees acme/engine"],
    ["takes the token outside a repository", key, undefined, "works", "GITHUB_TOKEN is taken."],
    ["does not take the token", "other", "acme/engine", "wrong", "GITHUB_TOKEN is not taken."],
    ["hides the repository", key, "acme/other", "wrong", "may not see acme/other"],
  ])("%s", async (_, GITHUB_TOKEN, repository, state, says) => {
    const { url } = await aServer({ "/repos/acme/engine": { status: 200 }, "/rate_limit": { status: 200 } });

    const seen = await github.look({ ...aMachine({ GITHUB_TOKEN, GITHUB_API_URL: url }), repository });

    expect(seen).toMatchObject({ state, says: expect.stringContaining(says) });
  });
});

describe("the bot", () => {
  it.each([
    ["answers", key, { "/v1/budget": { status: 200 } }, "works", "answers and takes the token"],
    ["does not take the token", "other", { "/v1/budget": { status: 200 } }, "wrong", "does not take the token"],
    ["is another server", key, {}, "wrong", "NEXTRUST_URL names another server"],
    ["is down", key, { "/v1/budget": { status: 503 } }, "wrong", "answered with 503."],
  ])("%s", async (_, NEXTRUST_API_TOKEN, answers, state, says) => {
    const { url } = await aServer({ "/healthz": { status: 200 }, ...(answers as Record<string, Answered>) });

    expect(await bot.look(aMachine({ NEXTRUST_URL: url, NEXTRUST_API_TOKEN }))).toMatchObject({
      state,
      says: expect.stringContaining(says),
    });
  });

  it("is never sent the token openly", async () => {
    const seen = await bot.look(aMachine({ NEXTRUST_URL: "http://bot.example.com", NEXTRUST_API_TOKEN: key }));

    expect(seen).toMatchObject({ state: "wrong", says: "NEXTRUST_URL has to be https: the token is not sent openly." });
  });
});

describe("the secrets for GitHub Actions", () => {
  const path = "/repos/acme/engine/actions";
  const secrets = (...names: readonly string[]) => ({ status: 200, body: { secrets: names.map((name) => ({ name })) } });

  it("are told with how to set those that are missing", async () => {
    const { url } = await aServer({
      [`${path}/secrets?per_page=100`]: secrets("OPENAI_API_KEY"),
      [`${path}/organization-secrets?per_page=100`]: secrets("GEMINI_API_KEY", "OTHER"),
      [`${path}/variables/O3_ENDPOINT`]: { status: 404 },
    });

    expect(await tellSecrets(aMachine({ GITHUB_TOKEN: key, GITHUB_API_URL: url }))).toMatchInlineSnapshot(`
      "
      Secrets for GitHub Actions in acme/engine:
      ✓ OPENAI_API_KEY      is set
      ✓ GEMINI_API_KEY      is set by the organisation
      – ANTHROPIC_API_KEY   gh secret set ANTHROPIC_API_KEY --repo acme/engine
      – NEXTRUST_URL        gh secret set NEXTRUST_URL --repo acme/engine
      – NEXTRUST_API_TOKEN  gh secret set NEXTRUST_API_TOKEN --repo acme/engine
      – O3_ENDPOINT         gh variable set O3_ENDPOINT --repo acme/engine    # only for an endpoint other than OpenAI's
      "
    `);
  });

  it.each([403, 404])("may be hidden from the token (%i)", async (status) => {
    const { url } = await aServer({ [`${path}/secrets?per_page=100`]: { status } });

    const told = await tellSecrets(aMachine({ GITHUB_TOKEN: key, GITHUB_API_URL: url }));

    expect(told).toContain("Secrets for GitHub Actions in acme/engine (this token may not see them):\n? OPENAI_API_KEY      gh secret set");
  });
});

describe("the services", () => {
  const everything = {
    OPENAI_API_KEY: key,
    GEMINI_API_KEY: key,
    ANTHROPIC_API_KEY: key,
    GITHUB_TOKEN: key,
    NEXTRUST_API_TOKEN: key,
    CLAUDE_CODE_OAUTH_TOKEN: key,
  };

  it("are told without a secret, whatever they answer", async () => {
    const { url } = await aServer({}, true);
    const around = aMachine(
      { ...everything, O3_ENDPOINT: url, GEMINI_BASE_URL: url, ANTHROPIC_BASE_URL: url, GITHUB_API_URL: url, NEXTRUST_URL: url },
      { programs: claude },
    );
    const terminal = aTerminal();

    await tellServices(services, around, terminal);
    terminal.print(await tellSecrets(around));

    expect(terminal.printed()).not.toContain(key);
    expect(terminal.printed()).toContain("✗ OpenAI (");
  });

  it("are asked nothing when offline", async () => {
    const { url, asked } = await aServer({}, true);
    const urls = { O3_ENDPOINT: url, GEMINI_BASE_URL: url, ANTHROPIC_BASE_URL: url, GITHUB_API_URL: url, NEXTRUST_URL: url };
    const around = { ...aMachine({ ...everything, ...urls }, { programs: claude }), isOffline: true };
    const terminal = aTerminal();

    await tellServices(services, around, terminal);
    terminal.print(await tellSecrets(around));

    expect(asked).toEqual([]);
    expect(terminal.printed()).toContain("? OpenAI (");
  });

  it("come one after the other where somebody sits", async () => {
    const terminal = aTerminal("", "", "", "", "");

    await tellServices(services, aMachine({}), terminal);

    expect(terminal.asked).toHaveLength(services.length - 1);
    expect(terminal.printed()).toContain("    export OPENAI_API_KEY=…    # https://platform.openai.com/api-keys\n");
  });
});
