// A test validates each document against GitHub's schema.

/** What the differences of a pull request are counted from, and its last reviews, to find one of ours again after a crash. */
export const lastReviews = /* GraphQL */ `
  query LastReviews($subjectId: ID!) {
    node(id: $subjectId) {
      ... on PullRequest {
        baseRefOid
        reviews(last: 100) { nodes { id body viewerDidAuthor comments(first: 50) { nodes { body } } } }
      }
    }
  }
`;

/** Says everything at once, without a verdict. */
export const addReview = /* GraphQL */ `
  mutation AddReview($subjectId: ID!, $headSha: GitObjectID!, $body: String!, $threads: [DraftPullRequestReviewThread!]!) {
    addPullRequestReview(input: { pullRequestId: $subjectId, commitOID: $headSha, event: COMMENT, body: $body, threads: $threads }) {
      pullRequestReview { id }
    }
  }
`;

/** What began the threads of a pull request, and whether it is hidden; a page of 100. */
export const threadBeginnings = /* GraphQL */ `
  query ThreadBeginnings($subjectId: ID!, $after: String) {
    node(id: $subjectId) {
      ... on PullRequest {
        reviewThreads(first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { isResolved comments(first: 1) { nodes { id body viewerDidAuthor isMinimized } } }
        }
      }
    }
  }
`;
