// A test validates each document against GitHub's schema.

/** A pull request as one reviews it. */
export const changedPull = /* GraphQL */ `
  query ChangedPull($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      nameWithOwner
      pullRequest(number: $number) {
        id
        number
        url
        title
        body
        author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
        labels(first: 100) { nodes { name } }
        state
        isDraft
        isCrossRepository
        headRefOid
        baseRefOid
        baseRefName
      }
    }
  }
`;

/** The file of an expression like `main:GEMINI.md`. */
export const fileAt = /* GraphQL */ `
  query FileAt($owner: String!, $name: String!, $expression: String!) {
    repository(owner: $owner, name: $name) {
      object(expression: $expression) { __typename ... on Blob { text byteSize isBinary isTruncated } }
    }
  }
`;
