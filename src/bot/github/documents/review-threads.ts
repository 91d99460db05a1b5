// A test validates each document against GitHub's schema.

/** The threads of a review; a page of 100. */
export const reviewThreads = /* GraphQL */ `
  query ReviewThreads($subjectId: ID!, $after: String) {
    node(id: $subjectId) {
      ... on PullRequest {
        reviewThreads(first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { id comments(first: 1) { nodes { fullDatabaseId } } }
        }
      }
    }
  }
`;

/** The last comments of a review's thread, to find one of ours again after a crash. */
export const lastThreadComments = /* GraphQL */ `
  query LastThreadComments($threadId: ID!) {
    node(id: $threadId) {
      ... on PullRequestReviewThread { comments(last: 100) { nodes { id body viewerDidAuthor } } }
    }
  }
`;

export const addThreadReply = /* GraphQL */ `
  mutation AddThreadReply($threadId: ID!, $body: String!) {
    addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $threadId, body: $body }) { comment { id } }
  }
`;

export const updateReviewComment = /* GraphQL */ `
  mutation UpdateReviewComment($id: ID!, $body: String!) {
    updatePullRequestReviewComment(input: { pullRequestReviewCommentId: $id, body: $body }) { pullRequestReviewComment { id } }
  }
`;

export const deleteReviewComment = /* GraphQL */ `
  mutation DeleteReviewComment($id: ID!) {
    deletePullRequestReviewComment(input: { id: $id }) { clientMutationId }
  }
`;
