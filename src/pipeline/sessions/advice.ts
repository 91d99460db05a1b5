import type { RequestTold } from "./event.ts";

/** A request for advice, as it was made here. Whether the bot answered it is not known here: its answer is a comment on the pull request. */
export interface KeptRequest extends RequestTold {
  readonly state: "waiting";
}

/** Requests for advice, kept beside the spool so that they are seen here too once they were told; the newest thousand. */
export interface AdviceRequests {
  /** @returns false when one of that id is there already; nothing changes then */
  add(request: RequestTold): boolean;
  has(id: string): boolean;
  /** Newest first. */
  newest(most: number): readonly KeptRequest[];
}
