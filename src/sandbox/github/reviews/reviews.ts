import { nodeId } from "../node-id.ts";

/** Times are ISO 8601. */
interface Written {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: string;
  /** Of the pull request. */
  readonly number: number;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly editor?: string;
  readonly headSha: string;
}

export interface Review extends Written {
  readonly state: ReviewState;
}

export type ReviewState = "approved" | "changes_requested" | "commented";

/** A comment on a line; the first one of a line begins its thread. */
export interface ReviewComment extends Written {
  readonly review: number;
  readonly path: string;
  readonly line: number;
  /** The first of the lines that it is about, where they are more than one. */
  readonly startLine?: number;
  /** The first comment of its thread, where it is not that itself. */
  readonly parent?: number;
}

/** The reviews of all pull requests, and what was said on lines of them. */
export class Reviews {
  // Ids of comments have long outgrown 32 bits.
  #lastId = 3_000_000_000;
  readonly #onChange: () => void;
  readonly #reviews = new Map<number, Review>();
  readonly #comments = new Map<number, ReviewComment>();
  /** Who resolved threads, by the first comment of each. */
  readonly #resolved = new Map<number, string>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get(id: number): Review | undefined {
    return this.#reviews.get(id);
  }

  comment(id: number): ReviewComment | undefined {
    return this.#comments.get(id);
  }

  /** Oldest first. */
  of(repository: string, number: number): Review[] {
    return [...this.#reviews.values()].filter((one) => one.repository === repository && one.number === number);
  }

  /** Each with its first comment first; a thread lasts while anything in it does. */
  threads(repository: string, number: number): (readonly [ReviewComment, ...ReviewComment[]])[] {
    const comments = [...this.#comments.values()].filter((one) => one.repository === repository && one.number === number);
    return [...Map.groupBy(comments, ({ id, parent = id }) => parent).values()] as [ReviewComment, ...ReviewComment[]][];
  }

  commentsOf(review: number): ReviewComment[] {
    return [...this.#comments.values()].filter((one) => one.review === review);
  }

  submit(about: Omit<Review, "id" | "nodeId" | "createdAt" | "updatedAt">): Review {
    return this.put({ ...about, ...this.#written("PullRequestReview") });
  }

  say(about: Omit<ReviewComment, "id" | "nodeId" | "createdAt" | "updatedAt">): ReviewComment {
    return this.putComment({ ...about, ...this.#written("PullRequestReviewComment") });
  }

  put(review: Review): Review {
    this.#reviews.set(review.id, review);
    this.#onChange();
    return review;
  }

  putComment(comment: ReviewComment): ReviewComment {
    this.#comments.set(comment.id, comment);
    this.#onChange();
    return comment;
  }

  resolve({ id, parent = id }: ReviewComment, login: string): void {
    this.#resolved.set(parent, login);
    this.#onChange();
  }

  /** Who resolved the thread, if anybody did. */
  resolvedBy({ id, parent = id }: ReviewComment): string | undefined {
    return this.#resolved.get(parent);
  }

  dropComment({ id }: ReviewComment): void {
    this.#comments.delete(id);
    this.#onChange();
  }

  #written(type: string) {
    this.#lastId += 1;
    const now = new Date().toISOString();
    return { id: this.#lastId, nodeId: nodeId(type, this.#lastId), createdAt: now, updatedAt: now };
  }
}

/** A thread has no id of its own in REST; GraphQL's goes by its first comment. */
export const threadNodeId = ({ id, parent = id }: ReviewComment): string => nodeId("PullRequestReviewThread", parent);
