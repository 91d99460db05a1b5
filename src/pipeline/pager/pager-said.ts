import type { NewJob } from "../queue.ts";

/** The task of the job that takes what happened on the pager over. */
export const pagerSaidTask = "pager-said";

/** Somebody acted on the pager. */
export interface PagerSaid {
  /** Names the event for ever. */
  readonly id: string;
  readonly incident: number;
  readonly action: "acknowledged" | "unacknowledged" | "resolved";
  /** Who, in the pager's words. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export const toPagerSaid = (said: PagerSaid): NewJob => ({
  id: `pager-said:${said.id}`,
  task: pagerSaidTask,
  payload: { ...said },
  lane: `incident:${said.incident}`,
});
