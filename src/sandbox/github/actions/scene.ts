import * as z from "zod";
import { readCommitOf } from "../forks.ts";
import { Account, Repository } from "../resources.ts";
import type { World } from "../world.ts";
import type { WorkflowRun } from "./run.ts";

const RepositoryFacts = z.looseObject({
  ...Repository.shape,
  owner: z.looseObject(Account.shape),
  description: z.string().nullable(),
  fork: z.boolean(),
});
export type RepositoryFacts = z.infer<typeof RepositoryFacts>;

const Person = z.object({ name: z.string(), email: z.string() });
const CommitFacts = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    author: Person,
    committer: z.object({ ...Person.shape, date: z.string() }),
    tree: z.object({ sha: z.string() }),
  }),
});
type CommitFacts = z.infer<typeof CommitFacts>;

const Branch = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ id: z.number(), url: z.string(), name: z.string(), full_name: z.string() }),
});
const PullFacts = z.object({ id: z.number(), number: z.number(), url: z.string(), head: Branch, base: Branch });
type PullFacts = z.infer<typeof PullFacts>;

export type Ground = Pick<World, "url" | "emulated" | "accounts">;

/** What stands around a run and is told with it. */
export interface Scene {
  readonly url: string;
  readonly repository: RepositoryFacts;
  /** Where the commit was pushed: the same, or a fork. */
  readonly headRepository: RepositoryFacts;
  readonly commit: CommitFacts;
  /** Open pull requests of the repository's own branches with this head. */
  readonly pulls: readonly PullFacts[];
  account(login: string): Account;
}

type At = Pick<WorkflowRun, "headSha" | "headBranch">;

export const sceneOf = (ground: Ground, run: At & Pick<WorkflowRun, "repository">): Promise<Scene> =>
  scenesIn(ground, run.repository, run.headBranch)(run);

/**
 * Sets the scenes of a repository's runs, and reads what they share once.
 *
 * @param branch whose pull requests are enough
 */
export function scenesIn({ url, emulated, accounts }: Ground, name: string, branch?: string): (at: At) => Promise<Scene> {
  const path = `/repos/${name}`;
  const head = branch === undefined ? "" : `&head=${encodeURIComponent(`${name.split("/")[0]}:${branch}`)}`;
  const shared = Promise.all([
    emulated.read(RepositoryFacts, path),
    emulated.read(z.array(PullFacts), `${path}/pulls?state=open&per_page=100${head}`),
  ]);

  return async ({ headSha, headBranch }) => {
    const found = await readCommitOf({ emulated }, CommitFacts, name, headSha);
    const [repository, open = []] = await shared;
    const headRepository = !found || found.home === name ? repository : await emulated.read(RepositoryFacts, `/repos/${found.home}`);
    if (!repository || !headRepository || !found) throw new Error(`The emulator lost ${name} or ${headSha}.`);
    const pulls = open.filter(({ head }) => head.ref === headBranch && head.repo.full_name === name);
    return { url, repository, headRepository, commit: found.commit, pulls, account };
  };

  function account(login: string): Account {
    const found = accounts.find((candidate) => candidate.login === login);
    if (!found) throw new Error(`There is no account ${login}.`);
    return found;
  }
}
