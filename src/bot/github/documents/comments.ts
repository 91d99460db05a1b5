// A test validates each document against GitHub's schema.

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
