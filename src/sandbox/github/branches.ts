import * as z from "zod";
import type { WorkflowRun } from "./actions.ts";
import { readPull } from "./comments.ts";
import type { Emit } from "./relay.ts";
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

export async function jobsOf(world: World, repository: string, target: Target): Promise<WorkflowRun["jobs"]> {
  const sha = await headOf(world, repository, target);
  return world.actions.runsOf(repository, sha).flatMap((run) => run.jobs);
}

/** Gives the pull request a new head, whose jobs are all queued, and says so to the webhook. */
export async function push(world: World, emit: Emit, token: string, repository: string, number: number): Promise<string> {
  const path = `/repos/${repository}/pulls/${number}`;
  const before = await headOf(world, repository, number);
  await world.emulated.write(z.unknown(), "PUT", `${path}/update-branch`, {}, token);
  const pull = await world.emulated.read(z.looseObject(Pull.shape), path);
  const sender = world.accounts.find(({ login }) => login === pull?.user.login);
  const after = await headOf(world, repository, number);

  world.actions.addRun({ repository, event: "pull_request", headSha: after, jobs: allJobs("queued") });
  const home = await world.emulated.read(z.looseObject({}), `/repos/${repository}`);
  const payload = { action: "synchronize", number, before, after, pull_request: pull, repository: home, sender };
  await emit("pull_request", JSON.stringify(payload));
  return after;
}
