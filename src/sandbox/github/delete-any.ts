import { removeComment } from "./comments.ts";
import { discussionsAs } from "./discussions/changes.ts";
import { reviewsAs } from "./reviews/changes.ts";
import type { Author } from "./tokens.ts";
import type { World } from "./world.ts";

/** Deletes a comment by its number, of whichever kind; resolves when the delivery was answered. */
export async function deleteAny(world: World, actor: Author, fullName: string, id: number): Promise<void> {
  const repository = world.access.find(actor, fullName);
  if (!repository) throw new Error(`${actor.login} sees no ${fullName}.`);
  const inDiscussion = world.discussions.comment(id);
  const onLine = world.reviews.comment(id);
  if (inDiscussion) {
    await (await discussionsAs(actor, repository, world)).removeComment(inDiscussion).told;
  } else if (onLine) {
    await (await reviewsAs(actor, repository, onLine.number, world)).removeComment(onLine).told;
  } else {
    const from = world.deliveries.all().length;
    await removeComment(world, actor, repository, id);
    await world.deliveries.answered(from, ({ event, payload }) => event === "issue_comment" && payload.action === "deleted");
  }
}
