// A test validates each document against GitHub's schema.

/** The check runs of that name that an App made on a commit, to change one or to find it again after a crash. */
export const ownCheckRuns = /* GraphQL */ `
  query OwnCheckRuns($owner: String!, $name: String!, $headSha: GitObjectID!, $app: Int!, $checkName: String!) {
    repository(owner: $owner, name: $name) {
      id
      object(oid: $headSha) {
        ... on Commit {
          checkSuites(first: 5, filterBy: { appId: $app }) {
            nodes { checkRuns(first: 100, filterBy: { checkName: $checkName, checkType: ALL }) { nodes { id externalId } } }
          }
        }
      }
    }
  }
`;

export const createCheckRun = /* GraphQL */ `
  mutation CreateCheckRun($input: CreateCheckRunInput!) {
    createCheckRun(input: $input) { checkRun { id } }
  }
`;

export const updateCheckRun = /* GraphQL */ `
  mutation UpdateCheckRun($input: UpdateCheckRunInput!) {
    updateCheckRun(input: $input) { checkRun { id } }
  }
`;
