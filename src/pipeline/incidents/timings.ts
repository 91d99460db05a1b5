const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long things take, in milliseconds. */
export interface Timings {
  /** Before the first message, where the branch is not protected: what is over by then is never told. */
  readonly firstMessageMs: number;
  /** Until nobody's incident goes one further, each time. */
  readonly escalateMs: number;
  /** Until the owner is asked whether they are still at it. */
  readonly remindMs: number;
  /** Until it is nobody's again when they do not answer. */
  readonly releaseMs: number;
  readonly stillBrokenMs: number;
  /** An outage of which nothing was seen for so long is over. */
  readonly quietMs: number;
  /** What is spent within it is looked at together. */
  readonly budgetsMs: number;
  /** Of a row of pushes only the newest is worth a review: whether another one comes is waited for. */
  readonly pushSettlesMs: number;
}

export const timings: Timings = {
  firstMessageMs: minuteMs / 2,
  escalateMs: 15 * minuteMs,
  remindMs: hourMs,
  releaseMs: 30 * minuteMs,
  stillBrokenMs: 24 * hourMs,
  quietMs: 2 * hourMs,
  budgetsMs: 5_000,
  pushSettlesMs: minuteMs / 2,
};

/** So often an incident is escalated by itself. */
export const escalationRounds = 2;
/** A new incident within this time after the one before is that one again. */
export const againWithinMs = 24 * hourMs;
/** So many incidents of one pipeline within `againWithinMs`: it flips, and one green run is not enough. */
export const flipsInADay = 3;
/** Then two green runs within this time are. */
export const greensWithinMs = 30 * minuteMs;
