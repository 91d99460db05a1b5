import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";

let sandbox: GitHubSandbox;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => void vi.restoreAllMocks());

describe("a read that GitHub does not answer at once", () => {
  it("is repeated as soon as after a good day, however often GitHub stumbled before", async () => {
    const credentials = { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) };
    const github = createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" }));
    const { rest } = await github.forRepository(sandbox.repository);
    const read = () => rest.repos.get({ owner: "nextrust", repo: "nextrust" });
    const stumble = () => sandbox.fail(/^GET \/repos\/nextrust\/nextrust$/, { status: 502 }, 1);
    stumble();
    await read();
    stumble();
    const timers = vi.spyOn(globalThis, "setTimeout");

    await read();

    expect(timers.mock.calls.map(([, ms]) => ms)).toContain(300);
  });
});
