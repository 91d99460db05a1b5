// A test validates each document against GitHub's schema.

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
