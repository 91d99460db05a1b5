/** The query by which the bot reads a pull request's pipeline. */
export const prPipeline = /* GraphQL */ `
  query PrPipeline($owner: String!, $name: String!, $number: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      id
      pullRequest(number: $number) {
        id number title state isDraft mergeable mergeStateStatus reviewDecision
        author { login }
        baseRefName headRefName headRefOid isCrossRepository
        commits(last: 1) {
          nodes {
            commit {
              oid
              statusCheckRollup {
                state
                contexts(first: 100, after: $after) {
                  totalCount checkRunCount statusContextCount
                  checkRunCountsByState { state count }
                  statusContextCountsByState { state count }
                  pageInfo { hasNextPage endCursor }
                  nodes {
                    __typename
                    ... on CheckRun {
                      id databaseId name status conclusion startedAt completedAt detailsUrl permalink title summary
                      isRequired(pullRequestNumber: $number)
                      checkSuite {
                        app { slug databaseId }
                        workflowRun { databaseId runNumber event url workflow { name databaseId resourcePath } }
                      }
                    }
                    ... on StatusContext {
                      id context state description targetUrl createdAt
                      isRequired(pullRequestNumber: $number)
                      creator { login }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    rateLimit { cost remaining resetAt nodeCount }
  }
`;

interface Context {
  readonly __typename: "CheckRun" | "StatusContext";
  readonly name?: string;
  readonly databaseId?: number;
  readonly conclusion?: string | null;
  readonly isRequired: boolean;
  readonly checkSuite?: { readonly app: { readonly slug: string }; readonly workflowRun: { readonly workflow: { readonly name: string } } };
}

export interface PrPipeline {
  readonly repository: {
    readonly pullRequest: {
      readonly title: string;
      readonly mergeStateStatus: string;
      readonly headRefOid: string;
      readonly commits: {
        readonly nodes: readonly {
          readonly commit: {
            readonly oid: string;
            readonly statusCheckRollup: {
              readonly state: string;
              readonly contexts: {
                readonly totalCount: number;
                readonly checkRunCountsByState: readonly { readonly state: string; readonly count: number }[];
                readonly statusContextCountsByState: readonly { readonly state: string; readonly count: number }[];
                readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
                readonly nodes: readonly Context[];
              };
            };
          };
        }[];
      };
    };
  };
  readonly rateLimit: { readonly cost: number; readonly remaining: number };
}
