// A test validates each document against GitHub's schema.

/**
 * How the jobs of a commit ended in every attempt, by workflow run. GitHub counts nodes as asked for, whether they are there or not: a commit
 * may hold 20 suites and 2,000 check runs, so the history of 20 commits is 20 + 20 * 20 + 20 * 20 * 100 = 40,420 of at most 500,000 nodes,
 * and costs (1 + 20 + 20 * 20) / 100 = 4 points of 5,000 an hour. The one App asked for is GitHub Actions, which has this id everywhere.
 */
const resultFields = /* GraphQL */ `
  fragment Results on Commit {
    oid
    checkSuites(first: 20, filterBy: { appId: 15368 }) {
      nodes {
        workflowRun { databaseId workflow { databaseId } }
        checkRuns(first: 100, filterBy: { checkType: ALL }) { nodes { databaseId name status conclusion permalink completedAt } }
      }
    }
  }
`;

export const branchResults = /* GraphQL */ `
  query BranchResults($owner: String!, $name: String!, $ref: String!, $commits: Int!) {
    repository(owner: $owner, name: $name) {
      ref(qualifiedName: $ref) { target { ... on Commit { history(first: $commits) { nodes { ...Results } } } } }
    }
  }
  ${resultFields}
`;

export const commitResults = /* GraphQL */ `
  query CommitResults($owner: String!, $name: String!, $oid: GitObjectID!) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { __typename ...Results } }
  }
  ${resultFields}
`;
