import * as z from "zod";
import { readPull } from "./comments.ts";
import { Commit, Pull } from "./resources.ts";
import { allJobs } from "./seed.ts";
import type { World } from "./world.ts";

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
  await world.emulated.write(z.unknown(), "PUT", `${path}/update-branch`, {}, token);
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
