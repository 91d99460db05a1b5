import type { NewJob } from "../queue.ts";

/** The task of the job that tells the pager. */
export const pageTask = "page";

/**
 * What the pager is told of an incident, whose name is its key there. What somebody did on the pager (a transition by a person whose key
 * begins with `pager:`) it knows: telling it again would go round for ever.
 */
export interface Page {
  readonly incident: number;
  /** Numbers what is told: one transition is told once. */
  readonly ordinal: number;
  readonly action: "trigger" | "acknowledge" | "resolve";
  /** One line. */
  readonly summary: string;
  readonly severity: "critical" | "warning";
  readonly repository: string;
  /** The page that shows the failure. */
  readonly url: string;
  /** Who did it, for an acknowledgement. */
  readonly by?: string;
}

/** In the incident's lane, so that the pager learns in order. */
export const toPage = (page: Page): NewJob => ({
  id: `page:${page.incident}:${page.ordinal}:${page.action}`,
  task: pageTask,
  payload: { ...page },
  lane: `page:${page.incident}`,
  maxAttempts: 300,
});
