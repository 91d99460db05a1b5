import { toEndedRun } from "../../../pipeline/incidents/on-ended-run.ts";
import { followedAmong } from "../../../pipeline/incidents/pipeline-of.ts";
import { toLookAtWatched } from "../../../pipeline/personal/look-at-watched.ts";
import { toNotify } from "../../../pipeline/policy/notify.ts";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";
import { toFinishedRun } from "../to-finished-run.ts";

/** For the channels that are told of runs. */
export function tellChannels(payload: unknown): NewJob | undefined {
  const run = toFinishedRun(payload);
  return run && toNotify(run);
}

/** For whom the failure concerns, where failures are followed. */
export function followFailures(payload: unknown, { receivedAt, settings }: Known): NewJob | undefined {
  const run = toFinishedRun(payload);
  return run && followedAmong(settings.incidents, run.repository) && toEndedRun(run, receivedAt);
}

/** For those who watch the pull request that the commit is the head of. */
export function tellWatchers(payload: unknown): NewJob | undefined {
  const run = toFinishedRun(payload);
  if (!run) return undefined;
  const { repository, runId, attempt, headSha } = run;
  return toLookAtWatched(`watched:${repository}:${runId}:${attempt}`, repository, { kind: "run_ended", headSha });
}
