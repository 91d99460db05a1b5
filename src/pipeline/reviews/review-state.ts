import type { Json } from "../json.ts";
import type { Notes } from "../policy/notes.ts";
import type { FoldWhy } from "./finding.ts";
import type { Severity } from "./review.ts";
import type { ReviewChannel } from "./rules.ts";

/** A finding as it is kept from one review to the next. */
export interface KeptFinding {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly path: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly title: string;
  /** `gone`: the file was looked at again, and it was not said any more. */
  readonly state: "open" | "gone";
  /** The head at which it was said first, or said again after it had been gone. */
  readonly foundAt: string;
  /** The head at which it was said last: its line is of that one. */
  readonly seenAt: string;
  /** The head at which it went. */
  readonly goneAt?: string;
  /** The head at which it was posted beside its line. */
  readonly inlineAt?: string;
  readonly folded?: FoldWhy;
  /** Kept where it stands nowhere else. */
  readonly reason?: string;
}

/** What the reviews of a pull request by one channel have found so far. */
export interface ReviewState {
  readonly repository: string;
  readonly pullRequest: number;
  readonly channel: ReviewChannel;
  /** The head that was reviewed last. */
  readonly sha: string;
  /** The head up to which all of the change was looked at, as far as there was room: what comes later is new. Absent while there is none. */
  readonly wholeTo?: string;
  /** The open ones first, the worst of them first. */
  readonly findings: readonly KeptFinding[];
}

export type ReviewOf = Pick<ReviewState, "repository" | "pullRequest" | "channel">;

/** GitHub's names ignore case. */
const keyOf = ({ repository, pullRequest, channel }: ReviewOf): string => `review:${repository.toLowerCase()}#${pullRequest}:${channel}`;

export const findReview = (notes: Pick<Notes, "find">, of: ReviewOf): Promise<ReviewState | undefined> =>
  notes.find<ReviewState>(keyOf(of));

export const storeReview = (notes: Pick<Notes, "put">, state: ReviewState): Promise<void> =>
  notes.put(keyOf(state), state as unknown as Json);
