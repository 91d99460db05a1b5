// A test validates each document against GitHub's schema.

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

export const defaultBranch = /* GraphQL */ `
  query DefaultBranch($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { defaultBranchRef { name } }
  }
`;
