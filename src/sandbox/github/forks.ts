import * as z from "zod";
import { Commit, Pull } from "./resources.ts";
import type { World } from "./world.ts";

const Fork = z.object({ full_name: z.string() });
const Written = z.object({ commit: z.object({ sha: z.string() }) });

/** Reads a commit by way of a repository; as on GitHub those of its forks are there too. */
export async function readCommitOf<T>(
  { emulated }: Pick<World, "emulated">,
  schema: z.ZodType<T>,
  repository: string,
  sha: string,
): Promise<{ readonly commit: T; readonly home: string } | undefined> {
  const own = await emulated.read(schema, `/repos/${repository}/commits/${sha}`);
  if (own) return { commit: own, home: repository };
  for (const { full_name: fork } of (await emulated.read(z.array(Fork), `/repos/${repository}/forks`)) ?? []) {
    const commit = await emulated.read(schema, `/repos/${fork}/commits/${sha}`);
    if (commit) return { commit, home: fork };
  }
  return undefined;
}

/** Who forks, with their token. */
interface Author {
  readonly login: string;
  readonly token: string;
}

/** Opens a pull request out of the author's fork; its CI waits until somebody lets it go, as that of every newcomer does. */
export async function openForkPull(world: World, { login, token }: Author, repository: string, branch: string): Promise<number> {
  const { emulated } = world;
  const fork = `${login}/${repository.split("/")[1]}`;
  if (!(await emulated.read(Fork, `/repos/${fork}`))) await emulated.write(Fork, "POST", `/repos/${repository}/forks`, {}, token);
  const main = await emulated.read(Commit, `/repos/${fork}/commits/main`);
  await emulated.write(z.unknown(), "POST", `/repos/${fork}/git/refs`, { ref: `refs/heads/${branch}`, sha: main?.sha }, token);
  const file = { message: `Add ${branch}`, content: Buffer.from(`// ${branch}\n`).toString("base64"), branch };
  const { commit } = await emulated.write(Written, "PUT", `/repos/${fork}/contents/src/${branch}.rs`, file, token);

  // Everybody may open a pull request on GitHub; the emulator lets collaborators only.
  const collaborator = `/repos/${repository}/collaborators/${login}`;
  const isOutsider = world.access.roleOf(login, { fullName: repository, isPrivate: false }) === "read";
  if (isOutsider) await emulated.write(z.unknown(), "PUT", collaborator, { permission: "push" });
  const body = { title: `Add ${branch}`, body: "", head: `${login}:${branch}`, base: "main" };
  const { number } = await emulated.write(Pull, "POST", `/repos/${repository}/pulls`, body, token);
  if (isOutsider) await emulated.write(z.unknown(), "DELETE", collaborator, undefined);

  const workflow = world.actions.workflow(repository, "ci.yml");
  if (!workflow) throw new Error(`${repository} has no CI.`);
  const about = { headSha: commit.sha, headBranch: branch, title: `Add ${branch}`, actor: login };
  await world.runner.beginUnapproved({ repository, workflow, event: "pull_request", ...about });
  return number;
}
