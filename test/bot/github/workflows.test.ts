import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubWorkflows } from "../../../src/bot/github/workflows.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";

let sandbox: GitHubSandbox;
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
});
afterEach(() => sandbox.clearFaults());
afterAll(() => sandbox.close());

const workflows = () => {
  const { url, people } = sandbox;
  const github = createGitHub(
    { apiUrl: url, credentials: { token: new Secret(people.grace.token) }, webhookSecrets: [] },
    pino({ level: "silent" }),
  );
  return githubWorkflows(github, () => true);
};
const callsOf = async (work: () => Promise<unknown>) => {
  const before = sandbox.calls().length;
  const result = await work();
  return { result, calls: sandbox.calls().length - before };
};
const start = async () => {
  const nightly = (await workflows().list(sandbox.repository)).find(({ path }) => path.endsWith("nightly.yml"));
  return callsOf(() => workflows().dispatch(sandbox.repository, nightly?.id ?? 0, "main", {}));
};

describe("starting a workflow", () => {
  it.each([
    ["names return_run_details", 'Invalid request. "return_run_details" is not a permitted key.', 2, {}],
    ["is about something else", 'Unexpected inputs provided: ["x"]', 1, { refused: { because: "invalid" } }],
  ])("whose 422 %s takes %#", async (_, message, calls, result) => {
    sandbox.fail(/POST .*dispatches$/, { status: 422, body: { message } });

    const started = await start();

    expect(started.calls).toBe(calls);
    expect(started.result).toMatchObject(result);
  });
});

describe("a read", () => {
  it.each([
    [429, 1],
    [403, 1],
    [404, 1],
    [502, 3],
  ])("that is answered %i is asked %i times", async (status, calls) => {
    sandbox.fail(/GET .*workflows$/, { status, headers: { "retry-after": "1" } }, 5);

    const asked = await callsOf(() =>
      workflows()
        .list(sandbox.repository)
        .catch(() => {}),
    );

    expect(asked.calls).toBe(calls);
  });
});
