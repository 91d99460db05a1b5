import type { CommentView, Said } from "../conversation.ts";
import { toSaid, viewWritten } from "../discussions/control.ts";
import { mainRepository } from "../seed.ts";
import type { Author } from "../tokens.ts";
import type { World } from "../world.ts";
import { type OnLine, reviewsAs } from "./changes.ts";
import type { ReviewState } from "./reviews.ts";

interface NewReview {
  /** "commented" unless said. */
  readonly state?: ReviewState;
  readonly body?: string;
  readonly comments?: readonly OnLine[];
}

export interface ReviewView extends CommentView {
  readonly state: ReviewState;
  readonly isEdited: boolean;
}

export interface ThreadView {
  readonly path: string;
  readonly line: number;
  readonly startLine?: number;
  readonly headSha: string;
  readonly isResolved: boolean;
  readonly comments: readonly (CommentView & { readonly isEdited: boolean })[];
}

/** What people do in reviews of pull requests; each resolves when the deliveries were answered. */
export interface ReviewsControl {
  review(as: string, pull: number, review: NewReview, repository?: string): Promise<Said & { readonly comments: readonly Said[] }>;
  editReview(as: string, id: number, body: string): Promise<Said>;
  /** Comments on a line, or in the thread of another comment by its number. */
  reviewComment(
    as: string,
    pull: number,
    said: OnLine | { readonly replyTo: number; readonly body: string },
    repository?: string,
  ): Promise<Said>;
  editReviewComment(as: string, id: number, body: string): Promise<Said>;
  deleteReviewComment(as: string, id: number): Promise<Said>;
  /** Resolves the thread that a comment belongs to. */
  resolveThread(as: string, commentId: number): Promise<void>;
  reviews(pull: number, repository?: string): readonly ReviewView[];
  reviewThreads(pull: number, repository?: string): readonly ThreadView[];
}

export function createReviewsControl(world: World, tokenOf: (login: string) => string): ReviewsControl {
  const { reviews } = world;

  const actAs = (login: string, { repository, number }: { readonly repository: string; readonly number: number }) => {
    const actor: Author = { kind: "person", login, token: tokenOf(login) };
    const known = world.access.find(actor, repository);
    if (!known) throw new Error(`${login} sees no ${repository}.`);
    return reviewsAs(actor, known, number, world);
  };
  const there = <T>(found: T | undefined): T => {
    if (found === undefined) throw new Error("There is no such review or comment.");
    return found;
  };

  async function review(
    as: string,
    number: number,
    { state = "commented", body = "", comments = [] }: NewReview,
    repository = mainRepository,
  ) {
    const changed = (await actAs(as, { repository, number })).submit(state, body, comments);
    return { ...(await toSaid(changed)), comments: await Promise.all(changed.comments.map(toSaid)) };
  }

  return {
    review,
    async editReview(as, id, body) {
      const before = there(reviews.get(id));
      return toSaid((await actAs(as, before)).edit(before, body));
    },
    async reviewComment(as, number, said, repository = mainRepository) {
      if ("path" in said) return there((await review(as, number, { comments: [said] }, repository)).comments[0]);
      return toSaid((await actAs(as, { repository, number })).reply(there(reviews.comment(said.replyTo)), said.body));
    },
    async editReviewComment(as, id, body) {
      const before = there(reviews.comment(id));
      return toSaid((await actAs(as, before)).editComment(before, body));
    },
    async deleteReviewComment(as, id) {
      const before = there(reviews.comment(id));
      return toSaid((await actAs(as, before)).removeComment(before));
    },
    async resolveThread(as, commentId) {
      const found = there(reviews.comment(commentId));
      (await actAs(as, found)).resolve(found);
    },
    reviews: (number, repository = mainRepository) =>
      reviews.of(repository, number).map((one) => ({ ...viewWritten(world, one), state: one.state })),
    reviewThreads: (number, repository = mainRepository) =>
      reviews.threads(repository, number).map((comments) => {
        const [{ path, line, startLine, headSha }] = comments;
        const isResolved = reviews.resolvedBy(comments[0]) !== undefined;
        const at = { path, line, ...(startLine !== undefined && { startLine }), headSha, isResolved };
        return { ...at, comments: comments.map((one) => viewWritten(world, one)) };
      }),
  };
}
