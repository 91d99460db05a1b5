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

/** What somebody works on, over many repositories at once: no jobs, only how many are in each state. */
export const openPullRequests = /* GraphQL */ `
  query OpenPullRequests($search: String!, $first: Int!) {
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

/** The comment that a reply is under: replies to replies GitHub does not take. */
export const discussionThread = /* GraphQL */ `
  query DiscussionThread($commentId: ID!) {
    node(id: $commentId) { ... on DiscussionComment { id replyTo { id } } }
  }
`;

/** The last comments of a Discussion, or the last replies to one of them, to find one of ours again after a crash. */
export const lastDiscussionComments = /* GraphQL */ `
  query LastDiscussionComments($id: ID!) {
    node(id: $id) {
      ... on Discussion { comments(last: 100) { nodes { id body viewerDidAuthor } } }
      ... on DiscussionComment { replies(last: 100) { nodes { id body viewerDidAuthor } } }
    }
  }
`;

export const addDiscussionComment = /* GraphQL */ `
  mutation AddDiscussionComment($discussionId: ID!, $replyToId: ID, $body: String!) {
    addDiscussionComment(input: { discussionId: $discussionId, replyToId: $replyToId, body: $body }) { comment { id } }
  }
`;

export const updateDiscussionComment = /* GraphQL */ `
  mutation UpdateDiscussionComment($id: ID!, $body: String!) {
    updateDiscussionComment(input: { commentId: $id, body: $body }) { comment { id } }
  }
`;

export const deleteDiscussionComment = /* GraphQL */ `
  mutation DeleteDiscussionComment($id: ID!) {
    deleteDiscussionComment(input: { id: $id }) { clientMutationId }
  }
`;

/** The category of that slug, and those there are. */
export const discussionCategory = /* GraphQL */ `
  query DiscussionCategory($owner: String!, $name: String!, $slug: String!) {
    repository(owner: $owner, name: $name) {
      id
      discussionCategory(slug: $slug) { id }
      discussionCategories(first: 25) { nodes { slug } }
    }
  }
`;

/** The Discussions begun last, to find one of ours again after a crash. */
export const lastDiscussions = /* GraphQL */ `
  query LastDiscussions($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) {
      discussions(first: 50, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { id body viewerDidAuthor } }
    }
  }
`;

export const createDiscussion = /* GraphQL */ `
  mutation CreateDiscussion($repositoryId: ID!, $categoryId: ID!, $title: String!, $body: String!) {
    createDiscussion(input: { repositoryId: $repositoryId, categoryId: $categoryId, title: $title, body: $body }) { discussion { id } }
  }
`;

export const updateDiscussion = /* GraphQL */ `
  mutation UpdateDiscussion($id: ID!, $title: String!, $body: String!) {
    updateDiscussion(input: { discussionId: $id, title: $title, body: $body }) { discussion { id } }
  }
`;

export const deleteDiscussion = /* GraphQL */ `
  mutation DeleteDiscussion($id: ID!) {
    deleteDiscussion(input: { id: $id }) { clientMutationId }
  }
`;

export const minimizeComment = /* GraphQL */ `
  mutation MinimizeComment($id: ID!) {
    minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
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

export const repositoryVisibility = /* GraphQL */ `
  query RepositoryVisibility($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { isPrivate }
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
