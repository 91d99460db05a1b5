import type { Operation } from "./operations.ts";

/** Whether the one retry, which somebody else asked for, does all of the other too. What else there is may always be asked for again. */
export function covers(one: Operation, other: Operation): boolean {
  if (one.kind !== "retry" || other.kind !== "retry" || one.intent === other.intent) return false;
  if (other.wish.debug && !one.wish.debug) return false;
  const { jobs } = other.wish;
  return !one.wish.oneJob || (jobs.length > 0 && jobs.every((job) => one.wish.jobs.includes(job)));
}

/** The other as one that only watches what the one does. */
export const joinedTo = (one: Operation, other: Operation): Operation => ({
  ...other,
  isJoined: true,
  stage: one.stage === "waiting" ? "waiting" : "running",
  // How long GitHub takes to begin counts from when it was asked, not from when we were.
  actedAt: one.actedAt ?? one.askedAt,
  wish: { ...other.wish, attempt: one.wish.attempt },
});
