import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { createGitHubPostSender } from "../../../src/bot/github/post-sender.ts";
import { createSendHandler } from "../../../src/bot/send.ts";
import type { Address, OutgoingMessage } from "../../../src/pipeline/outbox.ts";
import { sendTask } from "../../../src/pipeline/outbox.ts";
import { done, text } from "../../../src/reply.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { eventually } from "../../eventually.ts";

const log = pino({ level: "silent" });
const asNobody = () => Promise.reject(new Error("Nothing goes there."));

let github: GitHubSandbox;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
let state: EmbeddedState;
beforeAll(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github);
});
afterAll(async () => {
  await github.close();
  expect(violations()).toEqual([]);
});
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  const { appId, privateKey } = { appId: github.app.id, privateKey: new Secret(github.app.privateKey) };
  const sender = createGitHubPostSender(
    createGitHub({ apiUrl: github.url, credentials: { appId, privateKey }, webhookSecrets: [] }, log),
    "ci",
  );
  const nowhere = { github: asNobody, slack: asNobody, slack_post: asNobody, github_check: asNobody, github_review: asNobody };
  const senders = { ...nowhere, github_post: sender };
  state.worker.start({
    [sendTask]: createSendHandler({ records: state.records, maySend: async () => true, senders, onSent: async () => {} }),
  });
});
afterEach(async () => {
  await state.worker.stop(1_000);
  await state.close();
});

let count = 0;
function aPost({
  body = "Phase 1 began.",
  key = `history:${++count}`,
  ...address
}: {
  body?: string;
  key?: string;
  title?: string;
  category?: string;
} = {}): OutgoingMessage {
  const to: Address = { surface: "github_post", repository: github.repository, category: "ci", title: "History", ...address };
  return { key, lane: key, address: to, answers: body === "" ? [] : [{ reply: done("told", text(body)) }] };
}
const put = (message: OutgoingMessage) => state.records.transaction(({ outbox }) => outbox.put(message));
const posted = ({ key }: OutgoingMessage) => github.discussions().filter(({ body }) => body.includes(encodeURIComponent(key)));

describe("a post of the bot's own accord", () => {
  it("begins a Discussion in the category, and edits it from then on, its title too", async () => {
    const post = aPost();

    await put(post);
    const [begun] = await eventually(() => (posted(post).length > 0 ? posted(post) : undefined));
    await put(aPost({ key: post.key, body: "Phase 2 began.", title: "History of phases" }));
    await eventually(() => posted(post)[0]?.isEdited);
    await put(aPost({ key: post.key, body: "Phase 2 began.", title: "The history" }));
    await eventually(() => posted(post)[0]?.title === "The history");

    expect(begun).toMatchObject({
      category: "ci",
      title: "History",
      author: github.bot.login,
      body: expect.stringContaining("Phase 1 began."),
    });
    expect(posted(post)).toMatchObject([{ number: begun?.number, body: expect.stringContaining("Phase 2 began.") }]);
  });

  it("is begun once although GitHub's answer was lost", async () => {
    const post = aPost();
    github.fail(/CreateDiscussion/, "drop-after");

    await put(post);
    await eventually(() => github.calls().some(({ name }) => name.endsWith("UpdateDiscussion")) && posted(post)[0]?.isEdited);

    expect(posted(post)).toHaveLength(1);
  });

  it("is taken back when it says nothing any more", async () => {
    const post = aPost();
    await put(post);
    await eventually(() => posted(post).length > 0);

    await put(aPost({ key: post.key, body: "" }));

    await eventually(() => posted(post).length === 0);
  });

  it("is given up at once where there is no such category, with those there are", async () => {
    await put(aPost({ category: "phases" }));

    const [dead] = await eventually(async () => {
      const letters = await state.deadLetters.list(1);
      return letters.length > 0 ? letters : undefined;
    });
    expect(dead).toMatchObject({
      attempts: 1,
      error:
        'nextrust/nextrust has no category "phases" for Discussions; there are: ci, q-a, general. Correct "discussions" in config/nextrust.yml.',
    });
  });
});
