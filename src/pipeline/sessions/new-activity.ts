import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import { withoutControls } from "../logs/to-plain-line.ts";
import type { Origin } from "./origin.ts";
import { type Activity, longestActivity } from "./status-log.ts";

/** What was said or run, as it is kept: masked, in one line. */
export const activityText = (text: string, secrets: readonly string[] = []): string =>
  clipped(mask(withoutControls(text.slice(0, 16 * longestActivity).replaceAll(/\s*[\r\n]+\s*/g, " ")).trim(), secrets), longestActivity);

/**
 * @param what its text as it was said or run
 * @param secrets values that stand in none
 */
export function newActivity(
  what: Pick<Activity, "id" | "at" | "kind" | "text">,
  { session, headSha, branch, actor }: Origin,
  secrets: readonly string[] = [],
): Activity {
  return {
    ...what,
    text: activityText(what.text, secrets),
    ...(session !== undefined && { session }),
    ...(headSha !== undefined && { sha: headSha }),
    ...(branch !== undefined && { branch }),
    ...(actor !== undefined && { actor }),
  };
}
