// A test validates each document against GitHub's schema.

/** The check runs that we made on a commit ourselves, to leave them out of its checks; there are few. */
const oursFields = /* GraphQL */ `
  fragment Ours on CheckSuiteConnection {
    nodes { checkRuns(first: 20, filterBy: { checkType: LATEST }) { nodes { status conclusion } } }
  }
`;

/** The checks of a commit: exact counts of all, and a page of 100 of them. 1 point of GitHub's 5,000 an hour. */
const rollupFields = /* GraphQL */ `
  fragment Rollup on Commit {
    oid
    url
    ours: checkSuites(first: 5, filterBy: { appId: $app }) @include(if: $isApp) { ...Ours }
    statusCheckRollup {
      contexts(first: 100, after: $after) {
        checkRunCountsByState { state count }
        statusContextCountsByState { state count }
        pageInfo { hasNextPage endCursor }
        nodes {
          __typename
          ... on CheckRun {
            databaseId
            name
            status
            conclusion
            permalink
            isRequired(pullRequestNumber: $number) @include(if: $isPullRequest)
            checkSuite { app { databaseId } workflowRun { databaseId workflow { name } } }
          }
          ... on StatusContext {
            context
            state
            targetUrl
            isRequired(pullRequestNumber: $number) @include(if: $isPullRequest)
          }
        }
      }
    }
  }
`;

export const pullRequestPipeline = /* GraphQL */ `
  query PullRequestPipeline($owner: String!, $name: String!, $number: Int!, $after: String, $isPullRequest: Boolean = true, $app: Int, $isApp: Boolean = false) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) {
        id
        number
        title
        url
        state
        author { login }
        headRefName
        isCrossRepository
        commits(last: 1) { nodes { commit { ...Rollup } } }
      }
    }
  }
  ${rollupFields}
  ${oursFields}
`;

export const refPipeline = /* GraphQL */ `
  query RefPipeline($owner: String!, $name: String!, $ref: String!, $after: String, $number: Int, $isPullRequest: Boolean = false, $app: Int, $isApp: Boolean = false) {
    repository(owner: $owner, name: $name) {
      defaultBranchRef { name }
      object(expression: $ref) { __typename ...Rollup }
    }
  }
  ${rollupFields}
  ${oursFields}
`;

export const newestPullRequest = /* GraphQL */ `
  query NewestPullRequest($search: String!) {
    search(query: $search, type: ISSUE, first: 1) { nodes { ... on PullRequest { number } } }
  }
`;

/** What somebody works on, over many repositories at once: no jobs, only how many are in each state. */
export const openPullRequests = /* GraphQL */ `
  query OpenPullRequests($search: String!, $first: Int!, $app: Int, $isApp: Boolean = false) {
    search(query: $search, type: ISSUE, first: $first) {
      nodes {
        ... on PullRequest {
          number
          title
          url
          updatedAt
          repository { nameWithOwner }
          commits(last: 1) {
            nodes {
              commit {
                oid
                ours: checkSuites(first: 5, filterBy: { appId: $app }) @include(if: $isApp) { ...Ours }
                statusCheckRollup {
                  contexts(first: 1) { checkRunCountsByState { state count } statusContextCountsByState { state count } }
                }
              }
            }
          }
        }
      }
    }
  }
  ${oursFields}
`;
