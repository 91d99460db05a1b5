import { isUnderWay, type Job } from "../actions/job.ts";
import { conclusionOf, statusOf, type WorkflowRun } from "../actions/run.ts";
import type { World } from "../world.ts";
import { actionsAppId, checkRunNode, checkSuiteNode, ownCheckNode, ownSuiteNode } from "./checks.ts";
import { connectionOf, type PageArgs } from "./connection.ts";

interface SuiteArgs extends PageArgs {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

interface RunArgs extends PageArgs {
  readonly filterBy?: {
    readonly appId?: number | null;
    readonly checkName?: string | null;
    readonly checkType?: "ALL" | "LATEST" | null;
    readonly conclusions?: readonly string[] | null;
    readonly status?: string | null;
    readonly statuses?: readonly string[] | null;
  } | null;
}

/** The check suites of a commit: each workflow run is one of GitHub Actions', and all that the App made is one. */
export const checkSuitesOf = (world: World, repository: string, sha: string) => (args: SuiteArgs) => {
  const { appId, checkName } = args.filterBy ?? {};
  const isNamed = (all: readonly { readonly name: string }[]) => checkName == null || all.some(({ name }) => name === checkName);
  const runs = appId == null || appId === actionsAppId ? world.actions.runsOf(repository, sha) : [];
  const own = appId == null || appId === world.app.id ? world.checks.on(repository, sha) : [];
  const suites = [
    ...runs.filter(({ jobs }) => isNamed(jobs)).map((run) => suiteNode(world, run)),
    ...(own.length > 0 && isNamed(own) ? [appSuiteNode(world, repository, sha)] : []),
  ];
  return connectionOf("checkSuites", suites, args);
};

function appSuiteNode(world: World, repository: string, headSha: string) {
  return {
    ...ownSuiteNode(world, { headSha }),
    checkRuns({ filterBy, ...args }: RunArgs) {
      const { checkName, checkType } = filterBy ?? {};
      const all = checkType === "ALL" ? world.checks.on(repository, headSha) : world.checks.latestOn(repository, headSha);
      const named = all.filter(({ name }) => checkName == null || name === checkName);
      return connectionOf(
        "checkRuns",
        named.map((check) => ownCheckNode(world, check)),
        args,
      );
    },
  };
}

function suiteNode(world: World, run: WorkflowRun) {
  return {
    ...checkSuiteNode(world, run),
    createdAt: run.createdAt,
    updatedAt: run.newest.updatedAt,
    status: statusOf(run.newest).toUpperCase(),
    conclusion: conclusionOf(run.newest)?.toUpperCase() ?? null,
    branch: { __typename: "Ref", name: run.headBranch, prefix: "refs/heads/" },
    checkRuns: (args: RunArgs) => {
      const jobs = jobsOf(run, args.filterBy?.checkType ?? "LATEST").filter((job) => isAsked(job, args.filterBy ?? {}));
      return connectionOf(
        "checkRuns",
        jobs.map((job) => checkRunNode(world, run, job)),
        args,
      );
    },
  };
}

/** Of every attempt, or of the newest; what was carried over is in more than one. */
function jobsOf({ earlier, newest }: WorkflowRun, type: "ALL" | "LATEST"): readonly Job[] {
  if (type === "LATEST") return newest.jobs;
  return [...new Map([...earlier, newest].flatMap(({ jobs }) => jobs).map((job) => [job.id, job])).values()];
}

function isAsked(job: Job, { appId, checkName, conclusions, status, statuses }: NonNullable<RunArgs["filterBy"]>): boolean {
  const standing = isUnderWay(job) ? job.state.toUpperCase() : "COMPLETED";
  const wanted = statuses ?? (status == null ? undefined : [status]);
  return (
    (appId == null || appId === actionsAppId) &&
    (checkName == null || job.name === checkName) &&
    (wanted === undefined || wanted.includes(standing)) &&
    (conclusions == null || (!isUnderWay(job) && conclusions.includes(job.state.toUpperCase())))
  );
}
