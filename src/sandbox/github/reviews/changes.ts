import * as z from "zod";
import type { KnownRepository } from "../access.ts";
import { checkMayChange, forbidden } from "../comments.ts";
import type { Delivery } from "../deliveries.ts";
import type { Changed } from "../discussions/changes.ts";
import { Refused } from "../emulated.ts";
import { accountOf, readHome } from "../home.ts";
import { Pull } from "../resources.ts";
import type { Author } from "../tokens.ts";
import type { World } from "../world.ts";
import { checkBody, editedBy } from "../written.ts";
import { renderReview, renderReviewComment } from "./render.ts";
import type { Review, ReviewComment, ReviewState } from "./reviews.ts";

/** What is said on a line. */
export interface OnLine {
  readonly path: string;
  readonly line: number;
  /** The first of the lines, where they are more than one. */
  readonly startLine?: number;
  readonly body: string;
}

const verbs = { approved: "approve", changes_requested: "request changes on" } as const;

const WholePull = z.looseObject(Pull.shape);

/** Reviews a pull request as somebody, under GitHub's rules, and tells the webhook. Throws Refused. */
export async function reviewsAs(actor: Author, repository: KnownRepository, number: number, world: World) {
  const { reviews, access, emit, emulated } = world;
  const pull = await emulated.read(WholePull, `/repos/${repository.fullName}/pulls/${number}`);
  if (!pull) throw new Refused(404, "Not Found");
  const around = { pull_request: pull, repository: await readHome(world, repository), sender: accountOf(world, actor.login) };
  const about = { repository: repository.fullName, number, author: actor.login, headSha: pull.head.sha };

  const tell = (action: string, review: Review, more: object = {}): Promise<Delivery> =>
    emit("pull_request_review", JSON.stringify({ action, review: renderReview(world, repository, review), ...more, ...around }));

  const tellOfComment = (action: string, comment: ReviewComment, more: object = {}): Promise<Delivery> =>
    emit(
      "pull_request_review_comment",
      JSON.stringify({ action, comment: renderReviewComment(world, repository, comment), ...more, ...around }),
    );

  function checkMayWrite(): void {
    if (!access.canDiscuss(actor, repository, "review")) throw forbidden(actor);
  }

  return {
    /** Everything in it is said at once: each comment has an event of its own besides the review's. */
    submit(
      state: ReviewState,
      body: string,
      onLines: readonly OnLine[],
      headSha = pull.head.sha,
    ): Changed<Review> & { comments: readonly Changed<ReviewComment>[] } {
      checkMayWrite();
      if (state !== "commented" && pull.user.login === actor.login) throw new Refused(422, `Can not ${verbs[state]} your own pull request`);
      if (onLines.length === 0 && state !== "approved") checkBody(body);
      for (const said of onLines) checkBody(said.body);
      const thing = reviews.submit({ ...about, headSha, state, body });
      const comments = onLines.map((said) => reviews.say({ ...about, headSha, ...said, review: thing.id }));
      return {
        thing,
        told: tell("submitted", thing),
        comments: comments.map((one) => ({ thing: one, told: tellOfComment("created", one) })),
      };
    },

    edit(before: Review, body: string): Changed<Review> {
      checkMayChange(world, actor, repository, before.author, "review");
      const thing = reviews.put({ ...before, ...editedBy(actor.login, body) });
      return { thing, told: tell("edited", thing, { changes: { body: { from: before.body } } }) };
    },

    /** A reply is a review of its own, without a body. */
    reply(to: ReviewComment, body: string): Changed<ReviewComment> {
      checkMayWrite();
      checkBody(body);
      const review = reviews.submit({ ...about, state: "commented", body: "" });
      const { path, line, id, parent = id } = to;
      const thing = reviews.say({ ...about, path, line, parent, body, review: review.id });
      void tell("submitted", review);
      return { thing, told: tellOfComment("created", thing) };
    },

    editComment(before: ReviewComment, body: string): Changed<ReviewComment> {
      checkMayChange(world, actor, repository, before.author, "review");
      checkBody(body);
      const thing = reviews.putComment({ ...before, ...editedBy(actor.login, body) });
      return { thing, told: tellOfComment("edited", thing, { changes: { body: { from: before.body } } }) };
    },

    /** Whoever may push resolves threads, and the author of the pull request. */
    resolve(thing: ReviewComment): void {
      const mayPush =
        actor.kind === "installation" ? actor.permissions.contents === "write" : access.isAtLeast("write", actor.login, repository);
      if (!mayPush && pull.user.login !== actor.login)
        throw new Refused(403, `${actor.login} does not have the correct permissions to execute \`ResolveReviewThread\``);
      reviews.resolve(thing, actor.login);
    },

    removeComment(thing: ReviewComment): Changed<ReviewComment> {
      checkMayChange(world, actor, repository, thing.author, "review");
      reviews.dropComment(thing);
      return { thing, told: tellOfComment("deleted", thing) };
    },
  };
}
