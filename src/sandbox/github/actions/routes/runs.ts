import { type Answer, json, notFound, queryOf } from "../../answer.ts";
import type { Call } from "../../route.ts";
import { renderRun } from "../render/run.ts";
import { attemptOf, conclusionOf, statusOf, type WorkflowRun } from "../run.ts";
import { sceneOf, scenesIn } from "../scene.ts";
import { repositoryIn, runIn, workflowIn } from "./known.ts";
import { answerPage } from "./page.ts";
import { isWithin } from "./time-range.ts";

export const listRuns = (call: Call): Promise<Answer> => answerRuns(call, call.world.actions.runsIn(repositoryIn(call)));

export function listRunsOfWorkflow(call: Call, idOrFile: string): Promise<Answer> {
  const { id } = workflowIn(call, idOrFile);
  return answerRuns(
    call,
    call.world.actions.runsIn(repositoryIn(call)).filter(({ workflow }) => workflow.id === id),
  );
}

/** Newest first, as far as the query's filters let them through. */
function answerRuns(call: Call, runs: readonly WorkflowRun[]): Promise<Answer> {
  const query = queryOf(call.request);
  const asked = (name: string, ...values: readonly (string | null)[]) => !query.has(name) || values.includes(query.get(name));
  const matching = runs.filter(
    (run) =>
      asked("head_sha", run.headSha) &&
      asked("event", run.event) &&
      asked("branch", run.headBranch) &&
      asked("actor", run.actor) &&
      asked("status", statusOf(run.newest), conclusionOf(run.newest)) &&
      isWithin(query.get("created"), run.createdAt),
  );
  const setScene = scenesIn(call.world, repositoryIn(call));
  return answerPage(call, "workflow_runs", matching.toReversed(), async (run) => renderRun(await setScene(run), run));
}

export async function getRun(call: Call, id: string): Promise<Answer> {
  const run = runIn(call, id);
  return json(200, renderRun(await sceneOf(call.world, run), run));
}

export async function getAttempt(call: Call, id: string, number: string): Promise<Answer> {
  const run = runIn(call, id);
  const attempt = attemptOf(run, Number(number));
  return attempt ? json(200, renderRun(await sceneOf(call.world, run), run, attempt)) : notFound;
}
