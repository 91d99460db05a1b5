// A test validates each document against GitHub's schema.

/** The node id of a pull request. */
export const pullRequestNode = /* GraphQL */ `
  query PullRequestNode($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) { pullRequest(number: $number) { id } }
  }
`;

export const pullRequestAuthor = /* GraphQL */ `
  query PullRequestAuthor($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) { pullRequest(number: $number) { author { ... on User { databaseId login } } } }
  }
`;

export const pullRequestsOfBranch = /* GraphQL */ `
  query PullRequestsOfBranch($owner: String!, $name: String!, $branch: String!) {
    repository(owner: $owner, name: $name) {
      pullRequests(headRefName: $branch, states: OPEN, first: 50) { nodes { number headRefOid headRepository { nameWithOwner } } }
    }
  }
`;

/**
 * How many pull requests of a repository ended.
 *
 * @param count how many; each number stands in a variable of its own, `number0` and so on
 */
export const pullRequestEnds = (count: number): string => {
  const places = Array.from({ length: count }, (_, index) => index);
  return /* GraphQL */ `
    query PullRequestEnds($owner: String!, $name: String!, ${places.map((place) => `$number${place}: Int!`).join(", ")}) {
      repository(owner: $owner, name: $name) {
        ${places.map((place) => `number${place}: pullRequest(number: $number${place}) { state mergedAt closedAt }`).join("\n        ")}
      }
    }
  `;
};
