import * as z from "zod";
import { annotationsOf } from "../actions/annotations.ts";
import { renderCheckRun } from "../actions/render/check-run.ts";
import { repositoryIn } from "../actions/routes/known.ts";
import { answerPage } from "../actions/routes/page.ts";
import { scenesIn } from "../actions/scene.ts";
import { type Answer, queryOf } from "../answer.ts";
import { Refused } from "../emulated.ts";
import { Commit } from "../resources.ts";
import type { Call } from "../route.ts";
import { renderOwnCheck } from "./render.ts";
import { sceneOfCheck } from "./tell.ts";

const Query = z.object({
  check_name: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  filter: z.enum(["latest", "all"]).default("latest"),
  app_id: z.coerce.number().optional(),
});

/** Every check run of a commit: jobs, and what the App made itself. */
export async function listCheckRuns(call: Call, ref: string): Promise<Answer> {
  const { world, request } = call;
  const repository = repositoryIn(call);
  const { check_name, status, filter, app_id } = Query.parse(Object.fromEntries(queryOf(request)));
  const commit = await world.emulated.read(Commit, `/repos/${repository}/commits/${ref}`);
  if (!commit) throw new Refused(422, `No commit found for SHA: ${decodeURIComponent(ref)}`);

  const scenes = scenesIn(world, repository);
  const jobs = await Promise.all(
    world.actions.runsOf(repository, commit.sha).map(async (run) => {
      const scene = await scenes(run);
      return run.jobs.map((job) => renderCheckRun(scene, run, job, annotationsOf(world.url, run, job).length));
    }),
  );
  const own = filter === "all" ? world.checks.on(repository, commit.sha) : world.checks.latestOn(repository, commit.sha);
  const scene = await sceneOfCheck(world, { repository, headSha: commit.sha });
  const all = [...jobs.flat(), ...own.map((check) => renderOwnCheck(scene, check, world.app))].filter(
    (check) =>
      (check_name === undefined || check.name === check_name) &&
      (status === undefined || check.status === status) &&
      (app_id === undefined || check.app.id === app_id),
  );
  return answerPage(call, "check_runs", all, (check) => check);
}
