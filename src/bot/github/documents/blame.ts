// A test validates each document against GitHub's schema.

/** Who made the commits before one, and it. 1 point: (1 + 50) / 100, rounded up. */
export const commitAuthors = /* GraphQL */ `
  query CommitAuthors($owner: String!, $name: String!, $oid: GitObjectID!, $first: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      object(oid: $oid) {
        ... on Commit {
          history(first: $first, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes {
              oid
              author { user { databaseId login } }
              associatedPullRequests(first: 1) {
                nodes {
                  merged
                  author { ... on User { databaseId login } }
                  mergedBy { ... on User { databaseId login } }
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** The three places of a CODEOWNERS file. */
export const codeOwnersFiles = /* GraphQL */ `
  query CodeOwnersFiles($owner: String!, $name: String!, $hidden: String!, $top: String!, $docs: String!) {
    repository(owner: $owner, name: $name) {
      hidden: object(expression: $hidden) { ... on Blob { text isTruncated } }
      top: object(expression: $top) { ... on Blob { text isTruncated } }
      docs: object(expression: $docs) { ... on Blob { text isTruncated } }
    }
  }
`;

/**
 * Asks for many people at once.
 *
 * @param count how many; each login stands in a variable of its own, `login0` and so on
 */
export const usersByLogin = (count: number): string => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return /* GraphQL */ `
    query UsersByLogin(${numbers.map((number) => `$login${number}: String!`).join(", ")}) {
      ${numbers.map((number) => `login${number}: user(login: $login${number}) { databaseId login }`).join("\n      ")}
    }
  `;
};
