import * as z from "zod";
import { readPull } from "./comments.ts";
import { Commit, Pull } from "./resources.ts";
import { allJobs } from "./seed.ts";
import type { World } from "./world.ts";
import { type Files, writeFiles } from "./write-files.ts";

/** A pull request by its number, or a branch by its name. */
export type Target = number | string;

export async function headOf(world: World, repository: string, target: Target): Promise<string> {
  const path = `/repos/${repository}/commits/${target}`;
  const pull = typeof target === "number" ? await readPull(world, repository, target) : undefined;
  const sha = pull?.head.sha ?? (await world.emulated.read(Commit, path))?.sha;
  if (sha === undefined) throw new Error(`${repository} has no ${target}.`);
  return sha;
}

/** Gives the pull request a new head, whose jobs are all queued, and tells the webhook of both. */
export async function push(world: World, token: string, repository: string, number: number): Promise<string> {
  const path = `/repos/${repository}/pulls/${number}`;
  const before = await headOf(world, repository, number);
  if (world.emulated.pullHeads.hasMoved(repository, number)) {
    const files = { [`src/pushed-${before.slice(0, 7)}.rs`]: `// After ${before}\n` };
    return pushFiles(world, token, repository, number, files);
  }
  await world.emulated.write(z.unknown(), "PUT", `${path}/update-branch`, {}, token);
  return tellOfPush(world, repository, number, before);
}

/**
 * Commits to the branch of a pull request, which is its new head, and tells the webhook.
 *
 * @param onto the commit that it comes after, where that is not the head: what stood there before is gone, as after a forced push
 */
export async function pushFiles(
  world: World,
  token: string,
  repository: string,
  number: number,
  files: Files,
  onto?: string,
): Promise<string> {
  const pull = await readPull(world, repository, number);
  if (!pull) throw new Error(`${repository} has no pull request ${number}.`);
  const { sha: before, ref: branch, repo } = pull.head;
  const message = `Change ${Object.keys(files).join(", ")}`;
  const sha = await writeFiles(world.emulated, token, files, { repository: repo.full_name, branch, parent: onto ?? before, message });
  world.emulated.pullHeads.move(repository, number, sha);
  return tellOfPush(world, repository, number, before);
}

async function tellOfPush(world: World, repository: string, number: number, before: string): Promise<string> {
  const path = `/repos/${repository}/pulls/${number}`;
  const pull = await world.emulated.read(z.looseObject(Pull.shape), path);
  const sender = world.accounts.find(({ login }) => login === pull?.user.login);
  const after = await headOf(world, repository, number);

  const home = await world.emulated.read(z.looseObject({}), `/repos/${repository}`);
  const payload = { action: "synchronize", number, before, after, pull_request: pull, repository: home, sender };
  await world.emit("pull_request", JSON.stringify(payload));

  const workflow = world.actions.workflow(repository, "ci.yml");
  if (!pull || !workflow) throw new Error(`${repository} has no pull request ${number}, or no CI.`);
  const about = { title: pull.title, headBranch: pull.head.ref, actor: pull.user.login };
  await world.runner.begin({ repository, workflow, event: "pull_request", headSha: after, ...about, jobs: allJobs("queued") });
  return after;
}
