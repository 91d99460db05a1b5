import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { asApp, withToken } from "./clients.ts";
import { createReceiver } from "./receiver.ts";

let github: GitHubSandbox;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
beforeAll(async () => {
  [github, receiver] = await Promise.all([startGitHubSandbox(), createReceiver()]);
  violations = await watchGitHub(github, "the bot");
  github.connect(receiver.url);
});
afterAll(async () => {
  await Promise.all([github.close(), receiver.close()]);
  expect(violations()).toEqual([]);
});

const told = (event: string) =>
  receiver.received.filter(({ headers }) => headers["x-github-event"] === event).map(({ body }) => JSON.parse(body));
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (error: { message: string; errors?: { type?: string; message: string }[] }) =>
      error.errors?.map(({ type, message }) => `${type}: ${message}`).join() ?? error.message,
  );

describe("a Discussion", () => {
  it("tells of its beginning, and of its edit with what was there before", async () => {
    const { number, nodeId } = await github.openDiscussion("sam", { category: "general", title: "Fans", body: "Too loud." });
    await github.editDiscussion("ada", number, { body: "Much too loud." });

    expect(told("discussion")).toMatchObject([
      {
        action: "created",
        discussion: { number, node_id: nodeId, user: { login: "sam" }, author_association: "NONE", category: { slug: "general" } },
        sender: { login: "sam", type: "User" },
        installation: { id: github.app.installationId },
      },
      { action: "edited", changes: { body: { from: "Too loud." } }, sender: { login: "ada" }, discussion: { user: { login: "sam" } } },
    ]);
    expect(github.discussion(number)).toMatchObject({ author: "sam", isEdited: true, category: "general" });
  });

  it("has comments and one level of replies, told by the number of the parent", async () => {
    const top = await github.discuss("ravi", github.firstDiscussion, "Me too.");
    const reply = await github.discuss("ada", 1001, "Since when?", { replyTo: top.id });

    expect(told("discussion_comment").slice(-2)).toMatchObject([
      { action: "created", comment: { id: top.id, parent_id: null } },
      { action: "created", comment: { id: reply.id, parent_id: top.id, node_id: reply.nodeId } },
    ]);
    await expect(github.discuss("ravi", 1001, "Monday.", { replyTo: reply.id })).rejects.toThrow(
      "Parent comment is already in a thread, cannot reply to it",
    );
  });

  it("can be found by its number or node, with its categories", async () => {
    const answer = await asApp(github).graphql(
      `query ($number: Int!) { repository(owner: "nextrust", name: "nextrust") {
        discussion(number: $number) { title category { slug isAnswerable } comments(first: 5) { nodes { body replies(first: 5) { nodes { body replyTo { body } viewerDidAuthor } } } } }
        discussions(first: 1, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { number } }
        discussionCategory(slug: "ci") { name }
        none: discussionCategory(slug: "jokes") { name }
        discussionCategories(first: 10) { nodes { slug } }
      } }`,
      { number: github.firstDiscussion },
    );

    expect(answer).toMatchObject({
      repository: {
        discussion: { category: { slug: "q-a", isAnswerable: true }, comments: { nodes: [{ body: "Me too." }] } },
        discussions: { nodes: [{ number: 1001 }] },
        discussionCategory: { name: "CI" },
        none: null,
        discussionCategories: { nodes: [{ slug: "ci" }, { slug: "q-a" }, { slug: "general" }] },
      },
    });
  });

  it("in a category of announcements is begun by those who maintain the repository", async () => {
    await expect(github.openDiscussion("ravi", { category: "ci", title: "Hi", body: "All." })).rejects.toThrow("Must have admin rights");
    expect((await github.openDiscussion("ada", { category: "ci", title: "Hi", body: "All." })).number).toBeGreaterThan(1001);
  });

  it("is neither read nor written by an App without the permission", async () => {
    const [discussion] = github.discussions();
    const { graphql } = asApp(github);
    github.setAppPermission("discussions", "none");
    const read = `query { repository(owner: "nextrust", name: "nextrust") { discussions(first: 1) { nodes { id } } } }`;
    const write = 'mutation ($id: ID!) { addDiscussionComment(input: { discussionId: $id, body: "Hm" }) { comment { id } } }';

    const failures = [await failureOf(graphql(read)), await failureOf(graphql(write, { id: discussion?.nodeId }))];
    github.setAppPermission("discussions", "write");

    expect(failures).toEqual(Array(2).fill("FORBIDDEN: Resource not accessible by integration"));
  });

  it("is changed, hidden and taken away by the one who wrote it", async () => {
    const { graphql } = asApp(github);
    const [category] = await graphql<{ repository: { id: string; discussionCategories: { nodes: { id: string }[] } } }>(
      `{ repository(owner: "nextrust", name: "nextrust") { id discussionCategories(first: 1) { nodes { id } } } }`,
    ).then(({ repository }) => [{ repositoryId: repository.id, categoryId: repository.discussionCategories.nodes[0]?.id }]);
    const { createDiscussion } = await graphql<{ createDiscussion: { discussion: { id: string; number: number } } }>(
      "mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { id number } } }",
      { input: { ...category, title: "Report", body: "1" } },
    );
    const { id, number } = createDiscussion.discussion;
    await graphql(
      'mutation ($id: ID!) { updateDiscussion(input: { discussionId: $id, title: "Report 2", body: "2" }) { discussion { id } } }',
      { id },
    );
    const { addDiscussionComment } = await graphql<{ addDiscussionComment: { comment: { id: string } } }>(
      'mutation ($id: ID!) { addDiscussionComment(input: { discussionId: $id, body: "More" }) { comment { id } } }',
      { id },
    );
    const comment = { id: addDiscussionComment.comment.id };
    await graphql(
      "mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }",
      comment,
    );
    expect(github.discussion(number)).toMatchObject({
      title: "Report 2",
      body: "2",
      isEdited: true,
      comments: [{ minimised: "outdated" }],
    });

    const foreign = withToken(github, github.people.sam.token).graphql(
      "mutation ($id: ID!) { deleteDiscussion(input: { id: $id }) { discussion { id } } }",
      { id },
    );
    expect(await failureOf(foreign)).toContain("FORBIDDEN");
    await graphql("mutation ($id: ID!) { deleteDiscussionComment(input: { id: $id }) { comment { id } } }", comment);
    expect(github.discussion(number).comments).toEqual([]);
    await graphql("mutation ($id: ID!) { deleteDiscussion(input: { id: $id }) { discussion { id } } }", { id });
    expect(() => github.discussion(number)).toThrow();
  });
});

describe("a review", () => {
  it("tells of itself and of each of its comments", async () => {
    const { id, comments } = await github.review("ravi", github.pulls.red, {
      state: "changes_requested",
      body: "Nearly.",
      comments: [
        { path: "src/fpu-traps.rs", line: 1, body: "Why?" },
        { path: "src/fpu-traps.rs", line: 2, body: "And here?" },
      ],
    });

    expect(told("pull_request_review")).toMatchObject([
      { action: "submitted", review: { id, body: "Nearly.", state: "changes_requested" }, pull_request: { number: github.pulls.red } },
    ]);
    expect(told("pull_request_review_comment")).toMatchObject(
      comments.map((comment) => ({ action: "created", comment: { id: comment.id, pull_request_review_id: id, line: expect.any(Number) } })),
    );
    expect(told("pull_request_review_comment")[0].comment).not.toHaveProperty("in_reply_to_id");
  });

  it("has threads that are found by the full number of a comment, and answered in", async () => {
    const { id } = await github.reviewComment("ravi", github.pulls.green, { path: "a.rs", line: 3, body: "Hm." });
    const { nodeId } = await github.reviewComment("ada", github.pulls.green, { replyTo: id, body: "Yes?" });
    const { graphql } = asApp(github);
    const found = await graphql<{ repository: { pullRequest: { reviewThreads: { nodes: { id: string; comments: object }[] } } } }>(
      `query ($number: Int!) { repository(owner: "nextrust", name: "nextrust") { pullRequest(number: $number) {
        reviewThreads(first: 5) { nodes { id comments(first: 1) { nodes { fullDatabaseId databaseId } } } } } } }`,
      { number: github.pulls.green },
    );
    const [thread] = found.repository.pullRequest.reviewThreads.nodes;
    expect(thread?.comments).toEqual({ nodes: [{ fullDatabaseId: String(id), databaseId: null }] });

    const reply =
      'mutation ($id: ID!) { addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $id, body: "Done" }) { comment { id } } }';
    const { addPullRequestReviewThreadReply: added } = await graphql<{ addPullRequestReviewThreadReply: { comment: { id: string } } }>(
      reply,
      { id: thread?.id },
    );
    const change =
      'mutation ($id: ID!) { updatePullRequestReviewComment(input: { pullRequestReviewCommentId: $id, body: "Done!" }) { pullRequestReviewComment { id } } }';
    await graphql(change, { id: added.comment.id });

    const [view] = github.reviewThreads(github.pulls.green);
    expect(view?.comments.map(({ author, body }) => [author, body])).toEqual([
      ["ravi", "Hm."],
      ["ada", "Yes?"],
      [github.bot.login, "Done!"],
    ]);
    await expect
      .poll(() => told("pull_request_review_comment").at(-1))
      .toMatchObject({ action: "edited", sender: { type: "Bot" }, comment: { in_reply_to_id: id } });
    expect(await failureOf(withToken(github, github.people.sam.token).graphql(change, { id: nodeId }))).toContain("FORBIDDEN");
    await github.deleteComment("ada", view?.comments[1]?.id ?? 0);
    expect(github.reviewThreads(github.pulls.green)[0]?.comments).toHaveLength(2);
  });
});

describe("a pull request", () => {
  it("tells of its opening with what its author says, and of an edit with what was said before", async () => {
    const { number, nodeId } = await github.openPull("ada", { title: "Cool it", body: "Please look.", branch: "cooler" });
    await github.changePull("grace", number, { body: "Please look now." });

    expect(told("pull_request").filter(({ action }) => action === "opened" || action === "edited")).toMatchObject([
      {
        action: "opened",
        number,
        pull_request: { node_id: nodeId, body: "Please look.", user: { login: "ada" } },
        sender: { login: "ada" },
      },
      { action: "edited", changes: { body: { from: "Please look." } }, sender: { login: "grace" } },
    ]);
    expect((await github.jobs(number)).length).toBeGreaterThan(0);
  });
});

it("deletes a comment and tells of it", async () => {
  const { id } = await github.comment("ravi", github.pulls.red, "Never mind.");
  await github.deleteComment("ravi", id);

  expect(told("issue_comment").at(-1)).toMatchObject({ action: "deleted", comment: { id }, sender: { login: "ravi" } });
  expect((await github.comments(github.pulls.red)).some((comment) => comment.id === id)).toBe(false);
});
