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
