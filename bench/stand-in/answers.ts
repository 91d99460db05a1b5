const jobs = ["build", "lint", "test (m68020)", "test (m68030)", "test (m68040)", "boot", "docs"];

const pullRequestPipeline = {
  repository: {
    pullRequest: {
      number: 1,
      title: "Spelling error in the README file",
      url: "https://github.com/Codertocat/Hello-World/pull/1",
      state: "OPEN",
      commits: {
        nodes: [
          {
            commit: {
              oid: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
              url: "https://github.com/Codertocat/Hello-World/commit/ec26c3e",
              statusCheckRollup: {
                contexts: {
                  checkRunCountsByState: [{ state: "SUCCESS", count: jobs.length }],
                  statusContextCountsByState: [],
                  pageInfo: { hasNextPage: false, endCursor: null },
                  nodes: jobs.map((name) => ({
                    __typename: "CheckRun",
                    name,
                    status: "COMPLETED",
                    conclusion: "SUCCESS",
                    startedAt: "2026-01-01T00:00:00Z",
                    completedAt: "2026-01-01T00:01:00Z",
                    permalink: "https://github.com/Codertocat/Hello-World/runs/1",
                    isRequired: true,
                    checkSuite: { workflowRun: { workflow: { name: "CI" } } },
                  })),
                },
              },
            },
          },
        ],
      },
    },
  },
};

const graphql: Readonly<Record<string, unknown>> = {
  PullRequestPipeline: pullRequestPipeline,
  AddReaction: { addReaction: { reaction: { content: "EYES" } } },
  AddComment: { addComment: { commentEdge: { node: { id: "IC_bench" } } } },
  UpdateComment: { updateIssueComment: { issueComment: { id: "IC_bench" } } },
};

const rest: readonly (readonly [RegExp, unknown])[] = [
  [/^\/user$/, { login: "bench", id: 1 }],
  [/\/collaborators\/.*\/permission$/, { permission: "write", role_name: "write", user: { id: 21031067 } }],
  [/^\/api\/auth\.test/, { ok: true, team_id: "T0BENCH", bot_id: "B0BENCH", user_id: "U0BOT" }],
  [/^\/api\/users\.info/, { ok: true, user: { id: "U0BENCH00", team_id: "T0BENCH" } }],
  [/^\/api\/conversations\.info/, { ok: true, channel: { id: "C0BENCH" } }],
  [/^\/response\//, { ok: true }],
];

/** @throws when the bot calls what it did not call when this was written: the load would no longer be what it says */
export function answerTo(path: string, body: string): unknown {
  const operation =
    path === "/graphql" ? /^\s*(?:query|mutation) (\w+)/.exec((JSON.parse(body) as { query: string }).query)?.[1] : undefined;
  const answer = operation ? { data: graphql[operation] } : rest.find(([pattern]) => pattern.test(path))?.[1];
  if (answer === undefined) throw new Error(`The stand-in has no answer to ${path} ${operation ?? ""}.`);
  return answer;
}
