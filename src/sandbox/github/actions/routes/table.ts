import type { Answer } from "../../answer.ts";
import { listCheckRuns } from "../../checks/routes.ts";
import type { Call, Route } from "../../route.ts";
import { cacheUsage, deleteCache, deleteCachesByKey, listCaches } from "./caches.ts";
import { dispatch } from "./dispatch.ts";
import { getJob, listAnnotations, listJobs, listJobsOfAttempt } from "./jobs.ts";
import { redirectToLog } from "./logs.ts";
import { authorise, type Need } from "./permission.ts";
import { rerun, rerunFailed, rerunJob } from "./reruns.ts";
import { approve, cancel } from "./run-control.ts";
import { getAttempt, getRun, listRuns, listRunsOfWorkflow } from "./runs.ts";
import { getWorkflow, listWorkflows } from "./workflows.ts";

type Handle = (call: Call, first: string, second: string) => Promise<Answer>;

/** Method and path in a repository, what it needs, and who answers. */
const table: readonly (readonly [string, RegExp, Need, Handle])[] = [
  ["GET", /^\/actions\/runs$/, "actions:read", listRuns],
  ["GET", /^\/actions\/runs\/(\d+)$/, "actions:read", getRun],
  ["GET", /^\/actions\/runs\/(\d+)\/attempts\/(\d+)$/, "actions:read", getAttempt],
  ["GET", /^\/actions\/runs\/(\d+)\/jobs$/, "actions:read", listJobs],
  ["GET", /^\/actions\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/, "actions:read", listJobsOfAttempt],
  ["POST", /^\/actions\/runs\/(\d+)\/rerun$/, "actions:write", rerun],
  ["POST", /^\/actions\/runs\/(\d+)\/rerun-failed-jobs$/, "actions:write", rerunFailed],
  ["POST", /^\/actions\/runs\/(\d+)\/cancel$/, "actions:write", cancel],
  ["POST", /^\/actions\/runs\/(\d+)\/approve$/, "actions:write", approve],
  ["GET", /^\/actions\/jobs\/(\d+)$/, "actions:read", getJob],
  ["GET", /^\/actions\/jobs\/(\d+)\/logs$/, "actions:read", redirectToLog],
  ["POST", /^\/actions\/jobs\/(\d+)\/rerun$/, "actions:write", rerunJob],
  ["GET", /^\/check-runs\/(\d+)\/annotations$/, "checks:read", listAnnotations],
  ["GET", /^\/commits\/([^/]+)\/check-runs$/, "checks:read", listCheckRuns],
  ["GET", /^\/actions\/workflows$/, "actions:read", listWorkflows],
  ["GET", /^\/actions\/workflows\/([^/]+)$/, "actions:read", getWorkflow],
  ["GET", /^\/actions\/workflows\/([^/]+)\/runs$/, "actions:read", listRunsOfWorkflow],
  ["POST", /^\/actions\/workflows\/([^/]+)\/dispatches$/, "actions:write", dispatch],
  ["GET", /^\/actions\/caches$/, "actions:read", listCaches],
  ["DELETE", /^\/actions\/caches$/, "actions:write", deleteCachesByKey],
  ["DELETE", /^\/actions\/caches\/(\d+)$/, "actions:write", deleteCache],
  ["GET", /^\/actions\/cache\/usage$/, "actions:read", cacheUsage],
];

export const actionsRoutes: readonly Route[] = table.map(([method, path, need, handle]) => ({
  method,
  path,
  scope: "repository",
  async handle(call, first, second) {
    authorise(call, need);
    return handle(call, first, second);
  },
}));
