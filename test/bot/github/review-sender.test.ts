import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { createHideFindings } from "../../../src/bot/github/hide-findings.ts";
import { createReviewSender } from "../../../src/bot/github/review-sender.ts";
import { isOurs } from "../../../src/bot/render/marker.ts";
import { createSendHandler } from "../../../src/bot/send.ts";
import { type OutgoingMessage, type ReviewThread, sendTask } from "../../../src/pipeline/outbox.ts";
import { hideFindingsTask, toHideFindings, unplacedTask } from "../../../src/pipeline/reviews/finding-comments.ts";
import { done, text } from "../../../src/reply.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { eventually } from "../../eventually.ts";

const log = pino({ level: "silent" });
const asNobody = () => Promise.reject(new Error("Nothing goes there."));
const nowhere = { github: asNobody, slack: asNobody, slack_post: asNobody, github_post: asNobody, github_check: asNobody };

let github: GitHubSandbox;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
let state: EmbeddedState;
let unplaced: unknown[];
beforeAll(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github, "the bot");
});
afterAll(async () => {
  await github.close();
  expect(violations()).toEqual([]);
});
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  unplaced = [];
});
afterEach(async () => {
  github.clearFaults();
  await stop();
});

async function stop(): Promise<void> {
  await state.worker.stop(1_000);
  await state.close();
}

function start(): void {
  const credentials = { appId: github.app.id, privateKey: new Secret(github.app.privateKey) };
  const client = createGitHub({ apiUrl: github.url, credentials, webhookSecrets: [] }, log, 10);
  const { records } = state;
  const senders = { ...nowhere, github_review: createReviewSender(client, "ci", records) };
  state.worker.start({
    [sendTask]: createSendHandler({ records, maySend: async () => true, senders, onSent: async () => {} }),
    [hideFindingsTask]: createHideFindings(client, log),
    [unplacedTask]: async ({ payload }) => void unplaced.push(payload),
  });
}

let count = 0;
const eightLines = Array.from({ length: 8 }, (_, index) => `line ${index + 1}\n`).join("");

/** A pull request that adds a file of eight lines, and a review of it. */
async function aReview(threads: readonly Partial<ReviewThread>[]): Promise<OutgoingMessage & { number: number; subjectId: string }> {
  const branch = `reviewed-${++count}`;
  const files = { "src/traps.rs": eightLines, "logo.png": Buffer.from([0, 1]) };
  const { number, nodeId: subjectId } = await github.openPull("ada", { title: "Handle traps", branch, files });
  const headSha = (await github.runs(number))[0]?.headSha ?? "";
  const placed = threads.map((thread, index) => ({ path: "src/traps.rs", line: 1, finding: `${branch}-${index}`, ...thread }));
  return {
    number,
    subjectId,
    key: `review:${number}:${headSha}`,
    lane: `review:${number}`,
    address: { surface: "github_review", repository: github.repository, subjectId, headSha, threads: placed },
    answers: placed.map(({ finding }) => ({ reply: done("found", text(`About ${finding}.`)) })),
  };
}

const put = ({ key, lane, address, answers }: OutgoingMessage) =>
  state.records.transaction(({ outbox }) => outbox.put({ key, lane, address, answers }));
const sent = ({ key }: OutgoingMessage, version = 1) =>
  eventually(async () => {
    const found = await state.records.transaction(({ outbox }) => outbox.find(key));
    return found?.sentVersion === version ? { id: found.externalId } : undefined;
  });
const places = (number: number) => github.reviewThreads(number).map(({ path, startLine, line }) => [path, startLine, line]);
const posts = () => github.calls().filter(({ name }) => name.includes("AddReview")).length;

describe("a review of the bot's own", () => {
  it("says everything on its lines at once, without a verdict, marked as ours", async () => {
    const review = await aReview([{ line: 2 }, { startLine: 4, line: 6 }]);
    start();

    await put(review);
    const { id } = await sent(review);

    expect(github.reviews(review.number)).toMatchObject([{ nodeId: id, author: github.bot.login, state: "commented" }]);
    expect(github.reviews(review.number)[0]?.body).toMatch(/^Review of [0-9a-f]{7}: 2 findings, each on its line\.\n\n<!-- /);
    expect(places(review.number)).toEqual([
      ["src/traps.rs", undefined, 2],
      ["src/traps.rs", 4, 6],
    ]);
    const bodies = github.reviewThreads(review.number).flatMap(({ comments }) => comments.map(({ body }) => body));
    expect(bodies.map((body) => body.split("\n")[0])).toEqual([`About reviewed-${count}-0.`, `About reviewed-${count}-1.`]);
    expect(bodies.every(isOurs)).toBe(true);
    expect(unplaced).toEqual([]);
  });

  it("is about the commit that was looked at, though the pull request went on", async () => {
    const review = await aReview([{ line: 8 }]);
    const head = await github.pushFiles("ada", review.number, { "src/traps.rs": "short\n" });
    start();

    await put(review);
    await sent(review);

    expect(github.reviewThreads(review.number)).toMatchObject([{ line: 8, headSha: expect.not.stringMatching(head) }]);
  });

  it("leaves out what stands in no hunk, and tells of it", async () => {
    const review = await aReview([{ line: 9 }, { line: 8 }, { path: "README.md" }, { path: "logo.png" }, { startLine: 8, line: 20 }]);
    start();

    await put(review);
    await sent(review);

    expect(places(review.number)).toEqual([["src/traps.rs", undefined, 8]]);
    const names = [0, 2, 3, 4].map((index) => `reviewed-${count}-${index}`);
    await eventually(() => unplaced.length > 0);
    expect(unplaced).toEqual([{ review: review.key, findings: names }]);
  });

  it("is not posted where nothing can be said on a line, and tells of it", async () => {
    const review = await aReview([{ line: 100 }]);
    start();

    await put(review);

    expect(await sent(review)).toEqual({ id: undefined });
    expect(github.reviews(review.number)).toEqual([]);
    await eventually(() => unplaced.length > 0);
    expect(unplaced).toEqual([{ review: review.key, findings: [`reviewed-${count}-0`] }]);
  });

  it("loses no finding where GitHub refuses it all", async () => {
    const review = await aReview([{ line: 1 }, { line: 2 }]);
    const refused = { errors: [{ type: "UNPROCESSABLE", message: "Line could not be resolved" }], data: null };
    github.fail(/AddReview/, { status: 200, body: refused } as never);
    start();

    await put(review);

    expect(await sent(review)).toEqual({ id: undefined });
    await eventually(() => unplaced.length > 0);
    expect(unplaced).toEqual([{ review: review.key, findings: [`reviewed-${count}-0`, `reviewed-${count}-1`] }]);
    expect(await state.deadLetters.list(1)).toEqual([]);
  });

  it("has at most thirty threads", async () => {
    const review = await aReview(Array.from({ length: 32 }, (_, index) => ({ line: (index % 8) + 1 })));
    start();

    await put(review);
    await sent(review);

    expect(places(review.number)).toHaveLength(30);
    await eventually(() => unplaced.length > 0);
    expect(unplaced).toEqual([{ review: review.key, findings: [`reviewed-${count}-30`, `reviewed-${count}-31`] }]);
  });

  it("is posted once although GitHub's answer was lost, and what it left out is told once", async () => {
    const review = await aReview([{ line: 1 }, { line: 100 }]);
    const before = posts();
    github.fail(/AddReview/, "drop-after");
    start();

    await put(review);
    const { id } = await sent(review);

    expect(posts() - before).toBe(1);
    expect(github.reviews(review.number)).toMatchObject([{ nodeId: id }]);
    await eventually(() => unplaced.length > 0);
    expect(unplaced).toEqual([{ review: review.key, findings: [`reviewed-${count}-1`] }]);
  });

  it("is found again by a bot that died before it could record it", async () => {
    const review = await aReview([{ line: 1 }]);
    start();
    await put(review);
    const { id } = await sent(review);
    await stop();
    // Another one with no memory of it but the wish to say it.
    state = await openEmbedded({ file: ":memory:" });
    start();

    await put(review);

    expect(await sent(review)).toEqual({ id });
    expect(github.reviews(review.number)).toHaveLength(1);
    expect(unplaced).toEqual([]);
  });

  it("is not taken for ours when somebody copied its marker", async () => {
    const review = await aReview([{ line: 1 }]);
    start();
    await put(review);
    await sent(review);
    const other = await aReview([{ line: 1 }]);
    const copied = (github.reviews(review.number)[0]?.body ?? "").replaceAll(
      /reply \S+/g,
      `reply ${encodeURIComponent(other.key).replaceAll("-", "%2D")}`,
    );
    await github.review("sam", other.number, { body: copied });

    await put(other);
    await sent(other);

    expect(github.reviews(other.number).map(({ author }) => author)).toEqual(["sam", github.bot.login]);
  });

  it("stays as it was posted when it is put again or taken back", async () => {
    const review = await aReview([{ line: 1 }]);
    start();
    await put(review);
    const { id } = await sent(review);

    await put({ ...review, answers: [{ reply: done("found", text("Other words.")) }] });
    expect(await sent(review, 2)).toEqual({ id });
    await put({ ...review, answers: [] });
    expect(await sent(review, 3)).toEqual({ id });

    expect(github.reviews(review.number)).toHaveLength(1);
    expect(github.reviewThreads(review.number)[0]?.comments[0]).toMatchObject({ isEdited: false });
  });

  it("is one of two that are put at once, neither of which gets the other's threads", async () => {
    const [one, other] = [await aReview([{ line: 1 }]), await aReview([{ line: 2 }])];
    const same = { ...other, address: { ...other.address, subjectId: one.subjectId }, number: one.number };
    const headSha = one.address.surface === "github_review" ? one.address.headSha : "";
    start();

    await Promise.all([put(one), put({ ...same, address: { ...same.address, headSha } as OutgoingMessage["address"] })]);
    await Promise.all([sent(one), sent(same)]);

    expect(github.reviews(one.number)).toHaveLength(2);
    expect(places(one.number).toSorted()).toEqual([
      ["src/traps.rs", undefined, 1],
      ["src/traps.rs", undefined, 2],
    ]);
  });
});

describe("findings that are gone", () => {
  it("are hidden, and nothing else is", async () => {
    const review = await aReview([{ line: 1 }, { line: 2 }, { line: 3 }]);
    start();
    await put(review);
    await sent(review);
    const [first, , third] = github.reviewThreads(review.number).map(({ comments }) => comments[0]);
    await github.reviewComment("sam", review.number, { path: "src/traps.rs", line: 1, body: first?.body ?? "" });
    await github.resolveThread("ada", third?.id ?? 0);

    const findings = [`reviewed-${count}-0`, `reviewed-${count}-2`];
    const gone = { repository: github.repository, subjectId: review.subjectId, headSha: "f".repeat(40), findings };
    await state.records.transaction(({ queue }) => queue.add(toHideFindings(gone)));

    const shown = () => github.reviewThreads(review.number).map(({ comments }) => comments[0]?.minimised);
    await eventually(() => shown()[0] !== undefined);
    await state.worker.drain(5_000);
    expect(shown()).toEqual(["outdated", undefined, undefined, undefined]);
  });
});
