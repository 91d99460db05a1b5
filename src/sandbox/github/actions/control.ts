import { headOf, type Target } from "../branches.ts";
import { readPull } from "../comments.ts";
import { mainRepository } from "../seed.ts";
import type { Level } from "../tokens.ts";
import type { World } from "../world.ts";
import type { ActionsCache, NewCache } from "./caches.ts";
import type { Job, JobState } from "./job.ts";
import type { RunPace } from "./pace.ts";
import { isWaitingForApproval, type WorkflowRun, withNewest } from "./run.ts";

/** The hand on GitHub Actions. What moves a run resolves when the deliveries of it were answered. */
export interface ActionsControl {
  /** The runs of a head commit, oldest first. */
  runs(target: Target, repository?: string): Promise<readonly WorkflowRun[]>;
  /** The newest attempts' jobs. */
  jobs(target: Target, repository?: string): Promise<readonly Job[]>;
  /** Moves a job of the head's newest run that has it, or adds one of that name. */
  setJob(target: Target, name: string, state: JobState, repository?: string): Promise<void>;
  /** What a job comes to in attempts from now on; "success" unless said: a failed job is a flake until it is broken. */
  setOutcome(jobName: string, conclusion: JobState, repository?: string): void;
  /** Carries every queued or running job of the head's runs to its outcome. */
  finishRuns(target: Target, repository?: string): Promise<void>;
  /** Gives the queued jobs of the head's runs a runner. */
  startRuns(target: Target, repository?: string): Promise<void>;
  /** Lets runs go on by themselves; `undefined`, the default, stops that. */
  setRunPace(pace: RunPace | undefined): void;
  /** What a job's log says from now on, of its newest attempt. */
  setLog(target: Target, jobName: string, log: string, repository?: string): Promise<void>;
  /** Logs of the head's runs are gone. */
  expireLogs(target: Target, repository?: string): Promise<void>;
  /** Changes facts of the head's newest run that rules look at. */
  ageRun(target: Target, change: { readonly createdAt?: string; readonly attempt?: number }, repository?: string): Promise<void>;
  /** A further run at the head of a pull request as from a fork: concluded as action_required, without jobs until it is approved. */
  addRunToApprove(target: Target, repository?: string): Promise<WorkflowRun>;
  caches(repository?: string): readonly ActionsCache[];
  addCache(cache: NewCache, repository?: string): ActionsCache;
  /** Takes a permission from the App's installation tokens, or gives it back. */
  setAppPermission(name: string, level: Level): void;
}

export function createActionsControl(world: World): ActionsControl {
  const { actions, runner, logs, caches } = world;
  const runsAt = async (target: Target, repository: string) => actions.runsOf(repository, await headOf(world, repository, target));
  const newestWith = (runs: readonly WorkflowRun[], jobName: string) =>
    runs.findLast(({ jobs }) => jobs.some(({ name }) => name === jobName));

  return {
    runs: (target, repository = mainRepository) => runsAt(target, repository),
    jobs: async (target, repository = mainRepository) => (await runsAt(target, repository)).flatMap(({ jobs }) => jobs),

    async setJob(target, name, state, repository = mainRepository) {
      const runs = await runsAt(target, repository);
      const run = newestWith(runs, name) ?? runs.findLast((one) => !isWaitingForApproval(one));
      await runner.setJob(run ?? actions.addRun(await ciAt(target, repository, "push")), name, state);
    },
    setOutcome: (jobName, conclusion, repository = mainRepository) => runner.setOutcome(repository, jobName, conclusion),
    async finishRuns(target, repository = mainRepository) {
      for (const { id } of await runsAt(target, repository)) await runner.finish(current(repository, id));
    },
    async startRuns(target, repository = mainRepository) {
      for (const { id } of await runsAt(target, repository)) await runner.start(current(repository, id));
    },
    setRunPace: (pace) => runner.setPace(pace, actions.runs()),

    async setLog(target, jobName, log, repository = mainRepository) {
      const job = newestWith(await runsAt(target, repository), jobName)?.jobs.find(({ name }) => name === jobName);
      if (!job) throw new Error(`${repository} has no job ${jobName} at ${target}.`);
      logs.set(job.id, log);
    },
    async expireLogs(target, repository = mainRepository) {
      for (const run of await runsAt(target, repository)) logs.expire(run);
    },
    async ageRun(target, { createdAt, attempt }, repository = mainRepository) {
      const run = (await runsAt(target, repository)).at(-1);
      if (!run) throw new Error(`${repository} has no run at ${target}.`);
      actions.put({ ...withNewest(run, attempt === undefined ? {} : { number: attempt }), createdAt: createdAt ?? run.createdAt });
    },
    async addRunToApprove(target, repository = mainRepository) {
      // A fork's branch is not the repository's, so the run names no pull request.
      const { jobs: _, ...run } = await ciAt(target, repository, "pull_request");
      return runner.beginUnapproved({ ...run, headBranch: "patch-1", actor: "sam" });
    },

    caches: (repository = mainRepository) => caches.of(repository),
    addCache: (cache, repository = mainRepository) => caches.add(repository, cache),
    setAppPermission: (name, level) => world.tokens.setAppPermission(name, level),
  };

  function current(repository: string, id: number): WorkflowRun {
    const run = actions.run(repository, id);
    if (!run) throw new Error(`${repository} lost run ${id}.`);
    return run;
  }

  async function ciAt(target: Target, repository: string, event: WorkflowRun["event"]) {
    const workflow = actions.workflow(repository, "ci.yml");
    if (!workflow) throw new Error(`${repository} has no CI.`);
    const pull = typeof target === "number" ? await readPull(world, repository, target) : undefined;
    const about = { headBranch: pull?.head.ref ?? String(target), title: pull?.title ?? workflow.name, actor: pull?.user.login ?? "grace" };
    return { repository, workflow, event, headSha: await headOf(world, repository, target), ...about, jobs: {} };
  }
}
