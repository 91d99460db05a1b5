import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp, withToken } from "./clients.ts";
import { type PrPipeline, prPipeline } from "./pr-pipeline.ts";

let github: GitHubSandbox;
beforeAll(async () => {
  github = await startGitHubSandbox();
});
afterAll(() => github.close());

const pipeline = async (number: number, after: string | null = null) => {
  const answer = await asApp(github).graphql<PrPipeline>(prPipeline, { owner: "nextrust", name: "nextrust", number, after });
  const { commits, ...pull } = answer.repository.pullRequest;
  const [head] = commits.nodes;
  if (!head) throw new Error("The pull request has no commit.");
  return { pull, commit: head.commit, ...head.commit.statusCheckRollup, rateLimit: answer.rateLimit };
};

describe("the pipeline of a pull request", () => {
  it("is green with every job", async () => {
    const { pull, commit, state, contexts, rateLimit } = await pipeline(github.pulls.green);

    expect(pull).toMatchObject({ mergeStateStatus: "CLEAN", headRefOid: commit.oid });
    expect(state).toBe("SUCCESS");
    expect(contexts.nodes.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ["build (m68030)", true],
      ["build (m68040)", true],
      ["test-rust (m68030)", true],
      ["test-rust (m68040)", true],
      ["emulation-test", false],
      ["docs", false],
      ["lint", false],
    ]);
    expect(contexts.nodes[0]?.checkSuite).toMatchObject({ app: { slug: "github-actions" }, workflowRun: { workflow: { name: "CI" } } });
    expect(rateLimit).toMatchObject({ cost: 1, remaining: expect.any(Number) });
  });

  it("is red with what failed and what was skipped, and counts them", async () => {
    const { pull, state, contexts } = await pipeline(github.pulls.red);

    expect(pull.mergeStateStatus).toBe("BLOCKED");
    expect(state).toBe("FAILURE");
    expect(contexts.checkRunCountsByState).toEqual([
      { state: "SUCCESS", count: 5 },
      { state: "FAILURE", count: 1 },
      { state: "SKIPPED", count: 1 },
    ]);
  });

  it("follows a job that is run, fixed and broken", async () => {
    const { red } = github.pulls;
    await github.setJob(red, "test-rust (m68040)", "in_progress");
    expect(await pipeline(red)).toMatchObject({ state: "PENDING", pull: { mergeStateStatus: "BLOCKED" } });

    await github.setJob(red, "test-rust (m68040)", "success");
    expect(await pipeline(red)).toMatchObject({ state: "SUCCESS", pull: { mergeStateStatus: "CLEAN" } });

    await github.setJob(red, "docs", "timed_out");
    expect(await pipeline(red)).toMatchObject({ state: "FAILURE", pull: { mergeStateStatus: "UNSTABLE" } });
  });

  it("comes in pages when it has more than a hundred contexts, with statuses among them", async () => {
    const { green } = github.pulls;
    for (let index = 8; index < 120; index++) await github.setJob(green, `fuzz (${index})`, "queued");
    await github.setStatus(green, "license/cla", "pending");

    const first = await pipeline(green);
    const second = await pipeline(green, first.contexts.pageInfo.endCursor);

    expect(first.contexts).toMatchObject({ totalCount: 120, statusContextCountsByState: [{ state: "PENDING", count: 1 }] });
    expect([first, second].map(({ contexts }) => [contexts.nodes.length, contexts.pageInfo.hasNextPage])).toEqual([
      [100, true],
      [20, false],
    ]);
    const names = [...first.contexts.nodes, ...second.contexts.nodes].map(({ name, __typename }) => name ?? __typename);
    expect(new Set(names).size).toBe(120);
    expect(names.at(-1)).toBe("StatusContext");
  });
});

describe("the repository", () => {
  it("tells its default branch and any commit by branch, full or short hash", async () => {
    interface Answer {
      repository: { defaultBranchRef: { name: string; target: { oid: string } }; object: { oid: string } | null };
    }
    const query = `query ($expression: String!) { repository(owner: "nextrust", name: "nextrust") {
      nameWithOwner url isPrivate visibility
      defaultBranchRef { name target { oid } }
      object(expression: $expression) { ... on Commit { oid abbreviatedOid messageHeadline url statusCheckRollup { state } } }
    } }`;
    const ask = async (expression: string) => (await asApp(github).graphql<Answer>(query, { expression })).repository;

    const { defaultBranchRef, object } = await ask("main");

    expect(defaultBranchRef).toMatchObject({ name: "main", target: { oid: object?.oid } });
    expect(object).toMatchObject({ statusCheckRollup: { state: "SUCCESS" }, messageHeadline: expect.any(String) });
    expect((await ask(object?.oid ?? "")).object).toEqual(object);
    expect((await ask(object?.oid.slice(0, 7) ?? "")).object).toEqual(object);
    expect((await ask("no/such-branch")).object).toBeNull();
  });

  it("finds the newest open pull request of an author", async () => {
    const search = async (what: string) => {
      const document =
        "query ($what: String!) { search(query: $what, type: ISSUE, first: 1) { issueCount nodes { ... on PullRequest { number } } } }";
      return (await asApp(github).graphql<{ search: unknown }>(document, { what })).search;
    };

    expect(await search("repo:nextrust/nextrust is:pr is:open author:ada sort:created-desc")).toEqual({
      issueCount: 2,
      nodes: [{ number: github.pulls.red }],
    });
    expect(await search("repo:nextrust/nextrust is:pr is:open author:ravi sort:created-desc")).toEqual({ issueCount: 0, nodes: [] });
    await expect(search("repo:nextrust/nextrust is:pr label:bug")).rejects.toThrow("cannot search");
  });
});

describe("comments and reactions", () => {
  const addComment =
    "mutation ($id: ID!, $body: String!) { addComment(input: { subjectId: $id, body: $body }) { commentEdge { node { id databaseId } } } }";
  const updateComment =
    "mutation ($id: ID!, $body: String!) { updateIssueComment(input: { id: $id, body: $body }) { issueComment { body } } }";
  const react =
    "mutation ($id: ID!, $content: ReactionContent!) { addReaction(input: { subjectId: $id, content: $content }) { reaction { content } } }";
  const unreact = react.replaceAll("addReaction", "removeReaction");
  const pullId = async (number: number) => {
    const query = `query ($number: Int!) { repository(owner: "nextrust", name: "nextrust") { pullRequest(number: $number) { id } } }`;
    return (await asApp(github).graphql<{ repository: { pullRequest: { id: string } } }>(query, { number })).repository.pullRequest.id;
  };

  it("are made, edited and taken back by the App", async () => {
    const bot = asApp(github);
    const asked = await github.comment("ravi", github.pulls.green, "/ci-status");

    const answer = await bot.graphql<{ addComment: { commentEdge: { node: { id: string; databaseId: number } } } }>(addComment, {
      id: await pullId(github.pulls.green),
      body: "Working on it",
    });
    const { id, databaseId } = answer.addComment.commentEdge.node;
    await bot.graphql(updateComment, { id, body: "All green" });
    await bot.graphql(react, { id: asked.nodeId, content: "EYES" });
    await bot.graphql(react, { id: asked.nodeId, content: "ROCKET" });
    await bot.graphql(react, { id: asked.nodeId, content: "ROCKET" });
    await bot.graphql(unreact, { id: asked.nodeId, content: "EYES" });

    expect(await github.comments(github.pulls.green)).toMatchObject([
      { id: asked.id, author: "ravi", reactions: [{ login: "nextrust-ci[bot]", content: "ROCKET" }] },
      { id: databaseId, nodeId: id, author: "nextrust-ci[bot]", body: "All green", reactions: [] },
    ]);
  });

  it("tell the App its own comments from others', newest page last", async () => {
    const query = `query ($number: Int!) { repository(owner: "nextrust", name: "nextrust") { pullRequest(number: $number) {
      comments(last: 1) { totalCount nodes { body viewerDidAuthor author { __typename login } } } } } }`;

    const answer = await asApp(github).graphql(query, { number: github.pulls.green });

    const node = { body: "All green", viewerDidAuthor: true, author: { __typename: "Bot", login: "nextrust-ci" } };
    expect(answer).toEqual({ repository: { pullRequest: { comments: { totalCount: 2, nodes: [node] } } } });
  });

  it("are refused to a token without the permission, and to a person on others' comments", async () => {
    const auth = asApp(github).auth as (options: object) => Promise<{ token: string }>;
    const { token } = await auth({ type: "installation", permissions: { metadata: "read", pull_requests: "read" } });
    const { nodeId } = await github.comment("ravi", github.pulls.red, "/ci-status");
    const forbidden = { errors: [{ type: "FORBIDDEN", path: [expect.any(String)] }] };

    const reader = withToken(github, token);
    await expect(reader.graphql(addComment, { id: await pullId(github.pulls.red), body: "no" })).rejects.toMatchObject(forbidden);
    await expect(reader.graphql(react, { id: nodeId, content: "EYES" })).rejects.toMatchObject(forbidden);
    const sam = withToken(github, github.people.sam.token);
    await expect(sam.graphql(updateComment, { id: nodeId, body: "mine now" })).rejects.toMatchObject(forbidden);
  });

  it("are refused when empty or too long, and where there is nothing", async () => {
    const bot = asApp(github);
    const id = await pullId(github.pulls.red);

    await expect(bot.graphql(addComment, { id, body: " " })).rejects.toMatchObject({ errors: [{ type: "UNPROCESSABLE" }] });
    await expect(bot.graphql(addComment, { id, body: "x".repeat(65_537) })).rejects.toMatchObject({ errors: [{ type: "UNPROCESSABLE" }] });
    await expect(bot.graphql(react, { id: "MDpJc3N1ZTk5", content: "EYES" })).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
  });
});

describe("documents", () => {
  const repository = (fields: string) => `{ repository(owner: "nextrust", name: "nextrust") { ${fields} } }`;

  it.each([
    ["a field that GitHub does not have", "{ viewer { shoeSize } }", 'Cannot query field "shoeSize"'],
    ["a syntax error", "{ viewer {", "Syntax Error"],
    ["an unbounded page", repository("pullRequest(number: 1) { comments { totalCount } }"), "You must provide a `first` or `last`"],
    ["an excessive page", repository("pullRequest(number: 1) { comments(first: 101) { totalCount } }"), "exceeds the `first` limit"],
    ["a pull request that is not there", repository("pullRequest(number: 99) { id }"), "Could not resolve to a PullRequest"],
    ["a field that the sandbox lacks", repository("stargazerCount"), "The sandbox has no Repository.stargazerCount yet."],
  ])("with %s are answered by an error", async (_, query, message) => {
    await expect(asApp(github).graphql(query)).rejects.toMatchObject({ errors: [{ message: expect.stringContaining(message) }] });
  });

  it("with a variable of the wrong type are refused before anything is done", async () => {
    const mutation =
      'mutation ($content: ReactionContent!) { addReaction(input: { subjectId: "x", content: $content }) { reaction { content } } }';

    await expect(asApp(github).graphql(mutation, { content: "eyes" })).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining('"ReactionContent"') }],
    });
  });
});
