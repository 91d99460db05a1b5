import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { asApp, withToken } from "./clients.ts";
import { createReceiver } from "./receiver.ts";

let github: GitHubSandbox;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
let pull: { number: number; nodeId: string };
beforeAll(async () => {
  [github, receiver] = await Promise.all([startGitHubSandbox(), createReceiver()]);
  violations = await watchGitHub(github, "the bot");
  github.connect(receiver.url);
  const text = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`);
  await github.commit("grace", { message: "Add the table", file: { path: "src/table.rs", text: text.join("") } });
  const files = { "src/table.rs": text.with(4, "five\n").with(29, "thirty\n").join(""), "logo.png": Buffer.from([0, 1]) };
  pull = await github.openPull("ada", { title: "Change the table", branch: "table", files });
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

const addReview = `mutation ($pull: ID!, $event: PullRequestReviewEvent, $body: String, $commit: GitObjectID, $threads: [DraftPullRequestReviewThread]) {
  addPullRequestReview(input: { pullRequestId: $pull, event: $event, body: $body, commitOID: $commit, threads: $threads }) {
    pullRequestReview { id state comments(first: 10) { nodes { id path line body } } }
  }
}`;
const resolve = `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { id isResolved resolvedBy { login } } } }`;
const threads = `query ($pull: ID!) {
  node(id: $pull) { ... on PullRequest { reviewThreads(first: 50) { nodes { id path line startLine isResolved } } } }
}`;
const review = (more: object, as = asApp(github)) =>
  as.graphql<{ addPullRequestReview: { pullRequestReview: object } }>(addReview, { pull: pull.nodeId, event: "COMMENT", ...more });
interface Threads {
  readonly node: { readonly reviewThreads: { readonly nodes: readonly { readonly id: string }[] } };
}
interface Resolved {
  readonly resolveReviewThread: { readonly thread: object };
}
const at = (line: number, more: object = {}) => ({ path: "src/table.rs", line, body: "Why?", ...more });

describe("a review by GraphQL", () => {
  it("says all of it, and tells of each in a delivery", async () => {
    const { addPullRequestReview: added } = await review({ body: "Two things.", threads: [at(8), at(33, { startLine: 27 })] });

    expect(added.pullRequestReview).toMatchObject({ state: "COMMENTED", comments: { nodes: [{ line: 8 }, { line: 33 }] } });
    expect(github.reviewThreads(pull.number)).toMatchObject([{ line: 8 }, { startLine: 27, line: 33, isResolved: false }]);
    await github.comment("ada", pull.number, "Thanks.");
    expect(told("pull_request_review")).toMatchObject([{ action: "submitted", review: { body: "Two things.", state: "commented" } }]);
    expect(told("pull_request_review_comment")).toMatchObject([
      { action: "created", comment: { line: 8, start_line: null } },
      { action: "created", comment: { line: 33, start_line: 27, start_side: "RIGHT" } },
    ]);
  });

  it.each([
    ["a line outside of every hunk", [at(1)], "Line could not be resolved"],
    ["the first line after a hunk", [at(9)], "Line could not be resolved"],
    ["a file that is as it was", [at(1, { path: "README.md" })], "Path could not be resolved"],
    ["a file without hunks", [at(1, { path: "logo.png" })], "Line could not be resolved"],
    [
      "a range over two hunks",
      [at(28, { startLine: 5 })],
      "Pull request review thread start line must be part of the same hunk as the line.",
    ],
    ["a range of one line", [at(5, { startLine: 5 })], "Pull request review thread start line must precede the end line."],
    ["no body", [at(5, { body: " " })], "Body can't be blank"],
    ["several of them", [at(1), at(5), at(1, { path: "x" })], "Line could not be resolved and Path could not be resolved"],
    [
      "many of them",
      [at(1), at(1, { path: "x" }), at(9)],
      "Line could not be resolved, Path could not be resolved, and Line could not be resolved",
    ],
  ])("is refused as a whole for %s", async (_, asked, words) => {
    const before = github.reviews(pull.number).length;

    expect(await failureOf(review({ body: "All of it.", threads: asked }))).toBe(`UNPROCESSABLE: ${words}`);
    expect(github.reviews(pull.number)).toHaveLength(before);
  });

  it("needs a body where nothing is said on a line, and a commit that is there", async () => {
    expect(await failureOf(review({}))).toBe("UNPROCESSABLE: Body can't be blank");
    expect(await failureOf(review({ body: "Hm.", commit: "0".repeat(40) }))).toContain("UNPROCESSABLE");
  });

  it("is a comment only, from whoever wrote the change", async () => {
    const ada = withToken(github, github.people.ada.token);

    expect(await failureOf(review({ event: "APPROVE" }, ada))).toBe("UNPROCESSABLE: Can not approve your own pull request");
    expect(await failureOf(review({ event: "REQUEST_CHANGES", body: "No." }, ada))).toBe(
      "UNPROCESSABLE: Can not request changes on your own pull request",
    );
    expect(await failureOf(review({ body: "On my own." }, ada))).toBe("none");
  });

  it("needs the permission to write pull requests", async () => {
    github.setAppPermission("pull_requests", "read");

    expect(await failureOf(review({ body: "Hm." }))).toBe("FORBIDDEN: Resource not accessible by integration");

    github.setAppPermission("pull_requests", "write");
  });
});

describe("a thread", () => {
  it("is resolved by whoever may push or wrote the change, not by an App that may only read what is in it", async () => {
    const [first] = (await asApp(github).graphql<Threads>(threads, { pull: pull.nodeId })).node.reviewThreads.nodes;
    const by = (login: "ada" | "sam" | "uma") =>
      withToken(github, github.people[login].token).graphql<Resolved>(resolve, { id: first?.id });

    expect(first).toMatchObject({ path: "src/table.rs", line: 8, startLine: null, isResolved: false });
    expect(await failureOf(by("sam"))).toBe("FORBIDDEN: sam does not have the correct permissions to execute `ResolveReviewThread`");
    expect(await failureOf(asApp(github).graphql(resolve, { id: first?.id }))).toContain("FORBIDDEN");
    expect((await by("uma")).resolveReviewThread.thread).toMatchObject({ id: first?.id, isResolved: true, resolvedBy: { login: "uma" } });
    expect(github.reviewThreads(pull.number)[0]).toMatchObject({ isResolved: true });
  });
});

describe("a pull request that people go on with", () => {
  it("tells of pushes with the commits before and after, and stands at the new head everywhere", async () => {
    const { number } = await github.openPull("ada", { title: "More", branch: "more" });
    const before = (await github.runs(number))[0]?.headSha;

    const after = await github.pushFiles("ada", number, { "src/pushed.rs": "// pushed\n" });
    const again = await github.push(number);

    const heads = told("pull_request").filter((one) => one.action === "synchronize" && one.number === number);
    expect(heads.map((one) => [one.before, one.after, one.pull_request.head.sha])).toEqual([
      [before, after, after],
      [after, again, again],
    ]);
    const { data } = await asApp(github).request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
      ...{ owner: "nextrust", repo: "nextrust", pull_number: number },
    });
    expect(data.map(({ filename }) => filename)).toEqual(["src/more.rs", expect.stringMatching(/^src\/pushed-/), "src/pushed.rs"]);
  });

  it("tells that a draft is ready, and that it is a draft again", async () => {
    const { number } = await github.openPull("ada", { title: "Draft", branch: "draft", isDraft: true, labels: ["wip"] });

    await github.setDraft("ada", number, false);
    await github.setDraft("ada", number, true);

    const ofIt = told("pull_request").filter((one) => one.number === number);
    expect(ofIt.map((one) => [one.action, one.pull_request.draft])).toEqual([
      ["opened", true],
      ["ready_for_review", false],
      ["converted_to_draft", true],
    ]);
    expect(ofIt.at(-1).pull_request.labels).toMatchObject([{ name: "wip" }]);
  });
});
