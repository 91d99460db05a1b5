import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { githubBranches } from "../../../src/bot/github/branches.ts";
import { createGitHub } from "../../../src/bot/github/client.ts";
import type { Branches } from "../../../src/pipeline/failures/branches.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { notAccessible, tooManyRequests } from "../../../src/sandbox/github/named-faults.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";

let sandbox: GitHubSandbox;
let state: EmbeddedState;
let branches: Branches;
let violations: () => readonly string[];
let now = Date.now();
beforeAll(async () => {
  [sandbox, state] = await Promise.all([startGitHubSandbox(), openEmbedded({ file: ":memory:", now: () => now })]);
  violations = await watchGitHub(sandbox, "the bot");
  const credentials = { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) };
  branches = githubBranches(createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })), state.keys);
  await sandbox.commit("grace", { message: "Begin", branch: "release/1.x" });
});
afterEach(() => sandbox.clearFaults());
afterAll(async () => {
  await Promise.all([sandbox.close(), state.close()]);
  expect(violations()).toEqual([]);
});

const questions = () => sandbox.calls().filter(({ name }) => /DefaultBranch|\/branches\//.test(name)).length;
const isProtected = (branch: string) => branches.isProtected(sandbox.repository, branch);

describe("a protected branch", () => {
  it("is the default one, whatever its settings", async () => {
    expect(await isProtected("main")).toBe(true);
  });

  it("is one that is protected, of any name, and ten minutes pass until we know of a change", async () => {
    expect(await isProtected("release/1.x")).toBe(false);
    await sandbox.protectBranch("release/1.x");
    expect(await isProtected("release/1.x")).toBe(false);

    now += 10 * 60_000 + 1;
    expect(await isProtected("release/1.x")).toBe(true);
  });

  it("is none that is not there", async () => {
    expect(await isProtected("gone")).toBe(false);
  });

  it("is asked for once in a burst", async () => {
    const before = questions();

    await Promise.all(Array.from({ length: 20 }, () => isProtected("fpu-traps")));
    await isProtected("fpu-traps");

    expect(questions() - before).toBe(1);
  });

  it.each([
    [tooManyRequests(1), { retryable: true, retryAfterMs: 1_000 }],
    [notAccessible, { retryable: false }],
  ])("is unknown when GitHub cannot say, and that is not remembered", async (fault, expected) => {
    const branch = "align-on-m68040";
    sandbox.fail(/\/branches\//, fault, 3);
    now += 10 * 60_000 + 1;

    await expect(isProtected(branch)).rejects.toMatchObject({ name: "ServiceError", ...expected });
    sandbox.clearFaults();
    expect(await isProtected(branch)).toBe(false);
  });
});
