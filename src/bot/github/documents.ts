// Every GraphQL document of the bot. A test validates each against GitHub's schema.

/** The checks of a commit: exact counts of all, and a page of 100 of them. 1 point of GitHub's 5,000 an hour. */
const rollupFields = /* GraphQL */ `
  fragment Rollup on Commit {
    oid
    url
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
            checkSuite { workflowRun { databaseId workflow { name } } }
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
  query PullRequestPipeline($owner: String!, $name: String!, $number: Int!, $after: String, $isPullRequest: Boolean = true) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) {
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
`;

export const refPipeline = /* GraphQL */ `
  query RefPipeline($owner: String!, $name: String!, $ref: String!, $after: String, $number: Int, $isPullRequest: Boolean = false) {
    repository(owner: $owner, name: $name) {
      defaultBranchRef { name }
      object(expression: $ref) { __typename ...Rollup }
    }
  }
  ${rollupFields}
`;

export const newestPullRequest = /* GraphQL */ `
  query NewestPullRequest($search: String!) {
    search(query: $search, type: ISSUE, first: 1) { nodes { ... on PullRequest { number } } }
  }
`;

export const addComment = /* GraphQL */ `
  mutation AddComment($subjectId: ID!, $body: String!) {
    addComment(input: { subjectId: $subjectId, body: $body }) { commentEdge { node { id } } }
  }
`;

export const updateComment = /* GraphQL */ `
  mutation UpdateComment($id: ID!, $body: String!) {
    updateIssueComment(input: { id: $id, body: $body }) { issueComment { id } }
  }
`;

export const deleteComment = /* GraphQL */ `
  mutation DeleteComment($id: ID!) {
    deleteIssueComment(input: { id: $id }) { clientMutationId }
  }
`;

/** The last comments of a pull request or issue, to find one of ours again after a crash. */
export const lastComments = /* GraphQL */ `
  query LastComments($subjectId: ID!) {
    node(id: $subjectId) {
      ... on PullRequest { comments(last: 100) { nodes { id body viewerDidAuthor } } }
      ... on Issue { comments(last: 100) { nodes { id body viewerDidAuthor } } }
    }
  }
`;

export const addReaction = /* GraphQL */ `
  mutation AddReaction($subjectId: ID!, $content: ReactionContent!) {
    addReaction(input: { subjectId: $subjectId, content: $content }) { reaction { content } }
  }
`;

export const workflowFile = /* GraphQL */ `
  query WorkflowFile($owner: String!, $name: String!, $file: String!) {
    repository(owner: $owner, name: $name) { object(expression: $file) { ... on Blob { text } } }
  }
`;

/**
 * Asks for many files and folders at once.
 *
 * @param count how many; each stands in a variable of its own, `path0` and so on, as `<commit>:<path>`
 */
export const objectsAt = (count: number): string => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return /* GraphQL */ `
    query ObjectsAt($owner: String!, $name: String!, ${numbers.map((number) => `$path${number}: String!`).join(", ")}) {
      repository(owner: $owner, name: $name) {
        url
        ${numbers.map((number) => `path${number}: object(expression: $path${number}) { __typename }`).join("\n        ")}
      }
    }
  `;
};

export const repositoryVisibility = /* GraphQL */ `
  query RepositoryVisibility($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { isPrivate }
  }
`;
