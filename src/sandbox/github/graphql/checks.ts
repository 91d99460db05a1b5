import type { CommitStatus } from "../actions/actions.ts";
import { isUnderWay, type Job } from "../actions/job.ts";
import type { WorkflowRun } from "../actions/run.ts";
import { type OwnCheck, stateOf } from "../checks/own-checks.ts";
import { checkUrl, suiteIdOf } from "../checks/render.ts";
import { nodeId } from "../node-id.ts";
import type { World } from "../world.ts";
import { connectionOf, type PageArgs } from "./connection.ts";

type State = "SUCCESS" | "FAILURE" | "ERROR" | "PENDING";

/** The App that is GitHub Actions has this id everywhere. */
export const actionsAppId = 15368;

const passing: ReadonlySet<string> = new Set(["success", "skipped", "neutral"]);

/** A check run as far as it decides: a job, or one that an App made. */
interface Checked {
  readonly state: string;
}

const open: ReadonlySet<string> = new Set(["queued", "waiting", "in_progress"]);
const isOpen = ({ state }: Checked): boolean => open.has(state);

/** The verdict on a commit, or null when nothing was checked. Of a re-run only the newest attempt counts. */
export function rollupNode(world: World, repository: string, sha: string) {
  const runs = world.actions.runsOf(repository, sha);
  const own = world.checks.latestOn(repository, sha);
  const checks: Checked[] = [...runs.flatMap((run) => run.jobs), ...own.map((check) => ({ state: stateOf(check) }))];
  const statuses = world.actions.statusesOf(repository, sha);
  if (checks.length + statuses.length === 0) return null;

  const checkRuns = runs.flatMap((run) => run.jobs.map((job) => checkRunNode(world, run, job)));
  const contexts = [
    ...checkRuns,
    ...own.map((check) => ownCheckNode(world, check)),
    ...statuses.map((status) => statusNode(world, repository, sha, status)),
  ];
  return {
    __typename: "StatusCheckRollup",
    id: nodeId("StatusCheckRollup", sha),
    state: verdict(checks, statuses),
    contexts: (args: PageArgs) => ({
      ...connectionOf("contexts", contexts, args),
      checkRunCount: checks.length,
      statusContextCount: statuses.length,
      checkRunCountsByState: countByState(checks),
      statusContextCountsByState: countByState(statuses),
    }),
  };
}

/** Whether every required job passed, whether any other did not. */
export function mergeReadiness(world: World, repository: string, sha: string): { isBlocked: boolean; isUnstable: boolean } {
  const jobs = world.actions.runsOf(repository, sha).flatMap((run) => run.jobs);
  const isMissing = (name: string) => !jobs.some((job) => job.name === name && passing.has(job.state));
  return { isBlocked: [...world.requiredJobs].some(isMissing), isUnstable: jobs.some(({ state }) => !passing.has(state)) };
}

function verdict(checks: readonly Checked[], statuses: readonly CommitStatus[]): State {
  const isFailed = (check: Checked) => !isOpen(check) && !passing.has(check.state);
  if (checks.some(isFailed) || statuses.some(({ state }) => state === "failure")) return "FAILURE";
  if (statuses.some(({ state }) => state === "error")) return "ERROR";
  return checks.some(isOpen) || statuses.some(({ state }) => state === "pending") ? "PENDING" : "SUCCESS";
}

function countByState(all: readonly { readonly state: string }[]): { state: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { state } of all) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => ({ state: state.toUpperCase(), count }));
}

export function checkRunNode(world: World, run: WorkflowRun, job: Job) {
  const url = `${world.url}/${run.repository}/actions/runs/${run.id}/job/${job.id}`;
  return {
    __typename: "CheckRun",
    id: nodeId("CheckRun", job.id),
    databaseId: job.id,
    name: job.name,
    status: isUnderWay(job) ? job.state.toUpperCase() : "COMPLETED",
    conclusion: isUnderWay(job) ? null : job.state.toUpperCase(),
    startedAt: job.startedAt,
    completedAt: job.completedAt,
    detailsUrl: url,
    permalink: url,
    url,
    title: null,
    summary: null,
    text: null,
    externalId: null,
    isRequired: world.requiredJobs.has(job.name),
    checkSuite: () => checkSuiteNode(world, run),
  };
}

/** A check run of the App's own. */
export function ownCheckNode(world: World, check: OwnCheck) {
  const url = checkUrl(world.url, check);
  const { id, nodeId: node, name, status, conclusion, startedAt, completedAt, detailsUrl, title, summary, externalId } = check;
  return {
    __typename: "CheckRun",
    ...{ id: node, databaseId: id, name, startedAt, completedAt, title, summary, text: null, externalId },
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    detailsUrl: detailsUrl ?? url,
    permalink: url,
    url,
    isRequired: world.requiredJobs.has(name),
    checkSuite: () => ownSuiteNode(world, check),
  };
}

export function ownSuiteNode({ app }: World, { headSha }: Pick<OwnCheck, "headSha">) {
  const id = suiteIdOf(headSha);
  return {
    __typename: "CheckSuite",
    id: nodeId("CheckSuite", id),
    databaseId: id,
    app: { id: nodeId("App", app.id), databaseId: app.id, slug: app.slug, name: app.name },
    workflowRun: null,
  };
}

export function checkSuiteNode({ url }: World, run: WorkflowRun) {
  const path = `/${run.repository}/actions/runs/${run.id}`;
  const workflowPath = `/${run.repository}/actions/workflows/${run.workflow.file}`;
  return {
    __typename: "CheckSuite",
    id: nodeId("CheckSuite", run.id),
    databaseId: run.id,
    app: { id: nodeId("App", actionsAppId), databaseId: actionsAppId, slug: "github-actions", name: "GitHub Actions" },
    workflowRun: {
      __typename: "WorkflowRun",
      id: nodeId("WorkflowRun", run.id),
      databaseId: run.id,
      runNumber: run.number,
      event: run.event,
      url: url + path,
      resourcePath: path,
      workflow: {
        __typename: "Workflow",
        id: nodeId("Workflow", run.workflow.id),
        databaseId: run.workflow.id,
        name: run.workflow.name,
        resourcePath: workflowPath,
        url: url + workflowPath,
      },
    },
  };
}

function statusNode(world: World, repository: string, sha: string, status: CommitStatus) {
  return {
    __typename: "StatusContext",
    id: nodeId("StatusContext", status.id),
    context: status.context,
    state: status.state.toUpperCase(),
    description: null,
    targetUrl: `${world.url}/${repository}/commit/${sha}/status/${encodeURIComponent(status.context)}`,
    createdAt: status.createdAt,
    isRequired: world.requiredJobs.has(status.context),
    creator: null,
  };
}
