import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCheckSender } from "../../../src/bot/github/check-sender.ts";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { createSendHandler } from "../../../src/bot/send.ts";
import type { GitHubConfig } from "../../../src/config/config.ts";
import { sendTask } from "../../../src/pipeline/outbox.ts";
import { checkKey, putCheck } from "../../../src/pipeline/own-checks.ts";
import { done, type Reply, text } from "../../../src/reply.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { eventually } from "../../eventually.ts";

const asNobody = () => Promise.reject(new Error("Nothing goes there."));

let github: GitHubSandbox;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
let headSha: string;
beforeAll(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github);
  headSha = (await github.runs(github.pulls.red))[0]?.headSha ?? "";
});
afterAll(async () => {
  await github.close();
  expect(violations()).toEqual([]);
});

let state: EmbeddedState;
let lines: string[];
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  lines = [];
});
afterEach(async () => {
  github.setAppPermission("checks", "write");
  await state.worker.stop(1_000);
  await state.close();
});

const app = () => ({ appId: github.app.id, privateKey: new Secret(github.app.privateKey) });
function startSending(credentials: GitHubConfig["credentials"] = app()): void {
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const client = createGitHub({ apiUrl: github.url, credentials, webhookSecrets: [] }, log, 10);
  const sender = createCheckSender(client, "ci", log, Date.now);
  const nowhere = { github: asNobody, slack: asNobody, slack_post: asNobody, github_post: asNobody, github_review: asNobody };
  const senders = { ...nowhere, github_check: sender };
  const handle = createSendHandler({ records: state.records, maySend: async () => true, senders, onSent: async () => {} });
  state.worker.start({ [sendTask]: handle });
}

let count = 0;
const aCheck = () => ({ repository: github.repository, headSha, name: `NeXTRust ${++count}` });
type Check = ReturnType<typeof aCheck>;
const put = (check: Check, reply?: Reply) => state.records.transaction(({ outbox }) => putCheck(outbox, check, reply));
const stored = (check: Check) => state.records.transaction(({ outbox }) => outbox.find(checkKey(check)));
const shown = async ({ name }: Check) => (await github.checks(github.pulls.red)).find((check) => check.name === name);
const callsOf = (name: RegExp) => github.calls().filter((call) => name.test(call.name)).length;

const broken: Reply = {
  ...done("told", text("test-rust (m68040)\nis broken on main", "bad"), text("Not yours: @grace's push broke it.")),
  link: { text: "The run", url: "https://github.com/nextrust/nextrust/actions/runs/1" },
  actions: [
    { label: "Retry the failed jobs now", command: 'retry-job --failed reason="a very long reason why it is wanted"' },
    { label: "Acknowledge", command: "ack i12" },
    { label: "Review", command: "review" },
    { label: "Snooze", command: "snooze i12" },
  ],
};

describe("a check run of the bot's own", () => {
  it("is completed and neutral, with its words, its page and three buttons within GitHub's limits", async () => {
    const check = aCheck();
    startSending();

    await put(check, broken);
    const made = await eventually(() => shown(check));

    expect(made).toMatchObject({
      status: "completed",
      conclusion: "neutral",
      externalId: checkKey(check),
      detailsUrl: "https://github.com/nextrust/nextrust/actions/runs/1",
      title: "test-rust (m68040) is broken on main",
    });
    expect(made.actions).toEqual([
      {
        label: "Retry the failed jo…",
        description: '/ci-retry-job --failed reason="a very l…',
        identifier: expect.stringMatching(/^a0-[0-9a-f]{8}$/),
      },
      { label: "Acknowledge", description: "/ci-ack i12", identifier: expect.stringMatching(/^a1-/) },
      { label: "Review", description: "/ci-review", identifier: expect.stringMatching(/^a2-/) },
    ]);
    expect(made.summary).toContain("Not yours: @\u200bgrace's push broke it.");
    expect(made.summary).toContain("Snooze: ` /ci-snooze i12 `");
    expect(made.summary).not.toMatch(/<!--|Acknowledge/);
  });

  it("is edited in place", async () => {
    const check = aCheck();
    startSending();
    await put(check, broken);
    const made = await eventually(() => shown(check));

    await put(check, done("told", text("All is well again.")));

    await eventually(async () => (await shown(check))?.title === "All is well again.");
    expect(await shown(check)).toMatchObject({ id: made.id, actions: [] });
  });

  it("is made once although GitHub's answer was lost", async () => {
    const check = aCheck();
    const [made, changed] = [callsOf(/CreateCheckRun/), callsOf(/UpdateCheckRun/)];
    github.fail(/CreateCheckRun/, "drop-after");
    startSending();

    await put(check, broken);

    await eventually(async () => (await stored(check))?.sentVersion === 1);
    expect([callsOf(/CreateCheckRun/) - made, callsOf(/UpdateCheckRun/) - changed]).toEqual([1, 1]);
    expect((await stored(check))?.externalId).toBe((await shown(check))?.nodeId);
  });

  it("is found again by a bot that died before it could record it", async () => {
    const check = aCheck();
    startSending();
    await put(check, broken);
    const made = await eventually(() => shown(check));
    await eventually(async () => (await stored(check))?.sentVersion === 1);
    await state.worker.stop(1_000);
    await state.close();
    // Another one with no memory of it but the wish to say it.
    state = await openEmbedded({ file: ":memory:" });
    startSending();

    await put(check, done("told", text("After the crash.")));

    await eventually(async () => (await shown(check))?.title === "After the crash.");
    expect((await shown(check))?.id).toBe(made.id);
  });

  it("says that it is over when it is taken back, as GitHub deletes none", async () => {
    const check = aCheck();
    startSending();
    await put(check, broken);
    await eventually(() => shown(check));

    await put(check, undefined);

    await eventually(async () => (await shown(check))?.title === "Over");
    expect(await shown(check)).toMatchObject({ conclusion: "neutral", actions: [] });
  });

  it("is cut where it is longer than GitHub takes", async () => {
    const check = aCheck();
    startSending();

    await put(check, done("told", text(`${"long ".repeat(20_000)}\nend`)));

    const made = await eventually(() => shown(check));
    expect(made.summary?.length).toBeLessThanOrEqual(65_535);
    expect([...(made.title ?? "")]).toHaveLength(255);
  });

  it("is needless where a token stands for the App, which is said once and no dead letter", async () => {
    startSending({ token: new Secret(github.people.ada.token) });
    const [one, other] = [aCheck(), aCheck()];

    await put(one, broken);
    await put(other, broken);

    await eventually(async () => (await stored(one))?.sentVersion === 1 && (await stored(other))?.sentVersion === 1);
    expect(await shown(one)).toBeUndefined();
    expect(lines.filter((line) => line.includes("from an App only"))).toHaveLength(1);
    expect(await state.deadLetters.list(1)).toEqual([]);
  });

  it("is needless where the permission is missing, which says once what to grant", async () => {
    github.setAppPermission("checks", "read");
    startSending();
    const [one, other] = [aCheck(), aCheck()];

    await put(one, broken);
    await put(other, broken);

    await eventually(async () => (await stored(one))?.sentVersion === 1 && (await stored(other))?.sentVersion === 1);
    expect(await shown(one)).toBeUndefined();
    expect(lines.filter((line) => line.includes("Checks: Read and write"))).toHaveLength(1);
    expect(await state.deadLetters.list(1)).toEqual([]);
  });
});
