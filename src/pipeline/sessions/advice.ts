import type { RequestTold } from "./event.ts";

/** A request for advice. It waits: this version asks no AI service itself. */
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
