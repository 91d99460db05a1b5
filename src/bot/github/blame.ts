import { GraphqlResponseError } from "@octokit/graphql";
import { z } from "zod";
import type { Blame, Responsible } from "../../pipeline/failures/responsible.ts";
import { coordinates, type GitHub } from "./client.ts";
import { toCodeOwners } from "./code-owners.ts";
import { codeOwnersFiles, commitAuthors, usersByLogin } from "./documents/blame.ts";
import { isNotFound, toGitHubError } from "./errors.ts";
import { find } from "./find.ts";

const mostPeople = 10;
const pageSize = 50;
/** A green that lies further back says little about who broke it. */
const mostPages = 4;

/** Empty for an account that is no person's. */
const Person = z.object({ databaseId: z.number().nullish(), login: z.string().optional() }).nullable();
type Person = z.infer<typeof Person>;

const CommitAuthors = z.object({
  oid: z.string(),
  author: z.object({ user: Person }).nullable(),
  associatedPullRequests: z
    .object({ nodes: z.array(z.object({ merged: z.boolean(), author: Person, mergedBy: Person }).nullable()).nullable() })
    .nullable(),
});
type CommitAuthors = z.infer<typeof CommitAuthors>;

const History = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(CommitAuthors.nullable()).nullable(),
});
type History = z.infer<typeof History>;
const Before = z.object({ repository: z.object({ object: z.object({ history: History.optional() }).nullable() }).nullable() });

const File = z.object({ text: z.string().nullish(), isTruncated: z.boolean().optional() }).nullable();
const Files = z.object({ repository: z.object({ hidden: File, top: File, docs: File }).nullable() });

export function githubBlame(github: GitHub): Blame {
  return {
    async between(repository, lastGreen, firstRed) {
      const people = new Map<number, Responsible>();
      const first = lastGreen === undefined ? 1 : pageSize;
      let after: string | null = null;
      for (let page = 1; page <= mostPages; page++) {
        const history = await historyOf(github, repository, { oid: firstRed, first, after });
        if (!history) break;
        for (const commit of history.nodes ?? []) {
          if (commit?.oid === lastGreen) return [...people.values()].slice(0, mostPeople);
          if (commit) addPeople(people, commit);
        }
        after = history.pageInfo.endCursor;
        if (lastGreen === undefined || people.size >= mostPeople || !history.pageInfo.hasNextPage) break;
      }
      return [...people.values()].slice(0, mostPeople);
    },

    async codeOwners(repository, sha) {
      const paths = { hidden: `${sha}:.github/CODEOWNERS`, top: `${sha}:CODEOWNERS`, docs: `${sha}:docs/CODEOWNERS` };
      const files = (await find(github, repository, codeOwnersFiles, { ...coordinates(repository), ...paths }, Files))?.repository;
      const file = [files?.hidden, files?.top, files?.docs].find((one) => typeof one?.text === "string");
      // Of a cut file the last line that counts may be missing.
      const logins = file?.text && !file.isTruncated ? toCodeOwners(file.text) : [];
      const accounts = await accountsOf(github, repository, [...new Set(logins)].slice(0, mostPeople));
      return accounts.map((account) => ({ account, because: "code_owner" }));
    },
  };
}

async function historyOf(
  github: GitHub,
  repository: string,
  page: { oid: string; first: number; after: string | null },
): Promise<History | undefined> {
  return (await find(github, repository, commitAuthors, { ...coordinates(repository), ...page }, Before))?.repository?.object?.history;
}

/** Adds those of a commit, in whose order they were met; who wrote anything is an author, whatever else they merged. */
function addPeople(people: Map<number, Responsible>, { author, associatedPullRequests }: CommitAuthors): void {
  const pull = associatedPullRequests?.nodes?.[0];
  const merged = pull?.merged ? pull : undefined;
  for (const [person, because] of [
    [author?.user, "author"],
    [merged?.author, "author"],
    [merged?.mergedBy, "merger"],
  ] as const) {
    const account = toAccount(person);
    if (account && people.get(account.id)?.because !== "author") people.set(account.id, { account, because });
  }
}

function toAccount(person: Person | undefined): Responsible["account"] | undefined {
  if (!person?.databaseId || !person.login || person.login.endsWith("[bot]")) return undefined;
  return { id: person.databaseId, login: person.login };
}

/** The people of these logins, in one request; who is gone is left out. */
async function accountsOf(github: GitHub, repository: string, logins: readonly string[]): Promise<Responsible["account"][]> {
  if (logins.length === 0) return [];
  const { query } = await github.forRepository(repository);
  const variables = Object.fromEntries(logins.map((login, index) => [`login${index}`, login]));
  const answer: unknown = await query(usersByLogin(logins.length), variables).catch((error: unknown) => {
    // GitHub gives those that there are besides the error for each that there is not.
    if (isNotFound(error) && error instanceof GraphqlResponseError) return error.data;
    throw toGitHubError(error);
  });
  const found = z.record(z.string(), Person).parse(answer ?? {});
  return logins.flatMap((_, index) => toAccount(found[`login${index}`]) ?? []);
}
