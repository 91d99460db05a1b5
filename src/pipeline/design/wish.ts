import { createHash } from "node:crypto";
import type { Json } from "../json.ts";
import type { Asker, Place } from "../operations/operations.ts";
import type { Transaction } from "../records.ts";
import type { RequestTold } from "../sessions/event.ts";
import type { Attribution } from "../usage/usage.ts";
import type { DesignInput } from "./design.ts";

/** The task of the job that asks a model for a design. */
export const designHelpTask = "design-help";

/** One after the other: whoever looks at the limits sees what those before came to. */
const designLane = "design-help";

const mostAttempts = 8;

/** A design that is wanted, with all that it takes to ask for it. */
export interface DesignWish {
  /** Names it for ever, and the ask that it becomes. */
  readonly id: string;
  readonly input: DesignInput;
  readonly about: DesignAbout;
  /** An answer from before is not good enough. */
  readonly isForced?: true;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly from: FromPerson | FromSession;
}

export type DesignAbout = Pick<Attribution, "repository" | "pullRequest" | "headSha" | "phase" | "actor" | "session">;

/** Their reply becomes the answer. */
export interface FromPerson {
  readonly kind: "person";
  readonly intent: string;
  readonly place: Place;
  readonly asker: Asker;
  /** The command that asks once more; absent where it is too long to be offered. */
  readonly again?: string;
  readonly showsMoney: boolean;
}

/** The answer is a comment on the pull request, or stands in the audit and the status alone. */
export interface FromSession {
  readonly kind: "session";
  readonly request: RequestTold;
  /** GitHub's node id of the pull request. */
  readonly subjectId?: string;
}

/** A person's wish has one id, however often it comes. */
export const wishId = (intent: string): string => `design:${createHash("sha256").update(intent).digest("hex")}`;

/** An answer takes minutes, so it is a job of its own. */
export async function addDesignHelp(wish: DesignWish, { queue }: Pick<Transaction, "queue">): Promise<void> {
  const payload = wish as unknown as Json;
  await queue.add({ id: `${designHelpTask}:${wish.id}`, task: designHelpTask, payload, lane: designLane, maxAttempts: mostAttempts });
}
