import type { RunRefusal, RunRefused } from "../../pipeline/runs.ts";
import type { Refused } from "./act.ts";

/**
 * GitHub gives four reasons, and a missing permission, the same status; only its words tell them apart.
 * [from issue threads: the words are not documented]
 */
const forbidden: readonly (readonly [RegExp, RunRefusal])[] = [
  [/already running/i, "already_running"],
  [/over a month ago/i, "too_old"],
  [
    /(?:exceeded|limit|maximum)[^.]*(?:attempt|re-?run|retr)|(?:attempt|re-?run|retr)[^.]*(?:exceeded|limit|maximum|\d+ times)/i,
    "too_many_attempts",
  ],
  [/cannot be (?:retried|rerun)/i, "not_retryable"],
  [/not from a fork|does not (?:need|require) approval|not awaiting/i, "not_waiting"],
  [/not accessible by|must have (?:admin|write)|permission/i, "not_permitted"],
];

const byStatus: Readonly<Record<number, RunRefusal>> = { 404: "not_found", 410: "expired", 422: "invalid" };

/** What GitHub's refusal to act on a run means; for what is unknown its own words must do. */
export function toRunRefused({ status, said }: Refused): RunRefused {
  const known = status === 403 ? forbidden.find(([words]) => words.test(said))?.[1] : byStatus[status];
  return { because: known ?? (said === "" ? "not_retryable" : "forbidden"), said };
}
