import type { KnownRepository } from "../access.ts";
import { checkMayChange, forbidden } from "../comments.ts";
import type { Delivery } from "../deliveries.ts";
import { Refused } from "../emulated.ts";
import { accountOf, readHome } from "../home.ts";
import type { Author } from "../tokens.ts";
import type { World } from "../world.ts";
import { checkBody, editedBy } from "../written.ts";
import type { Category, Discussion, DiscussionComment } from "./discussions.ts";
import { renderComment, renderDiscussion } from "./render.ts";

/** What changed, and the delivery that tells of it. */
export interface Changed<T> {
  readonly thing: T;
  readonly told: Promise<Delivery>;
}

const longestTitle = 256;

/** Changes Discussions in one repository as somebody, under GitHub's rules, and tells the webhook. Throws Refused. */
export async function discussionsAs(actor: Author, repository: KnownRepository, world: World) {
  const { discussions, access, emit } = world;
  // Read first: what is told leaves in the order that it happened.
  const home = await readHome(world, repository);
  const around = { repository: home, sender: accountOf(world, actor.login) };

  function tell(action: string, discussion: Discussion, more: object = {}): Promise<Delivery> {
    return emit(
      "discussion",
      JSON.stringify({ action, discussion: renderDiscussion(world, home, repository, discussion), ...more, ...around }),
    );
  }

  function tellOfComment(action: string, comment: DiscussionComment, more: object = {}): Promise<Delivery> {
    const discussion = discussionOf(comment);
    const told = {
      comment: renderComment(world, repository, discussion, comment),
      discussion: renderDiscussion(world, home, repository, discussion),
    };
    return emit("discussion_comment", JSON.stringify({ action, ...told, ...more, ...around }));
  }

  function discussionOf({ discussion }: DiscussionComment): Discussion {
    const found = discussions.get(discussion);
    if (!found) throw new Refused(404, "Not Found");
    return found;
  }

  function checkMayWrite(): void {
    if (!access.canDiscuss(actor, repository, "discussion")) throw forbidden(actor);
  }

  return {
    open(category: Category, title: string, body: string): Changed<Discussion> {
      checkMayWrite();
      const mayAnnounce = actor.kind === "installation" || access.isAtLeast("maintain", actor.login, repository);
      if (category.isAnnouncement && !mayAnnounce) throw forbidden(actor);
      checkTitle(title);
      checkBody(body);
      const thing = discussions.open({ repository: repository.fullName, title, category, author: actor.login, body });
      return { thing, told: tell("created", thing) };
    },

    edit(
      before: Discussion,
      { title = before.title, body = before.body }: { title?: string | null; body?: string | null },
    ): Changed<Discussion> {
      checkMayChange(world, actor, repository, before.author, "discussion");
      const after = { title: title ?? before.title, body: body ?? before.body };
      checkTitle(after.title);
      checkBody(after.body);
      const thing = discussions.put({ ...before, ...editedBy(actor.login, after.body), title: after.title });
      const changes = {
        ...(after.title !== before.title && { title: { from: before.title } }),
        ...(after.body !== before.body && { body: { from: before.body } }),
      };
      return { thing, told: tell("edited", thing, { changes }) };
    },

    remove(thing: Discussion): Changed<Discussion> {
      checkMayChange(world, actor, repository, thing.author, "discussion");
      discussions.drop(thing);
      return { thing, told: tell("deleted", thing) };
    },

    comment(discussion: Discussion, body: string, parent?: DiscussionComment): Changed<DiscussionComment> {
      checkMayWrite();
      if (parent?.parent !== undefined) throw new Refused(422, "Parent comment is already in a thread, cannot reply to it");
      if (parent && parent.discussion !== discussion.id) throw new Refused(422, "Parent comment is not in this discussion");
      checkBody(body);
      const thing = discussions.say({ discussion: discussion.id, author: actor.login, body, ...(parent && { parent: parent.id }) });
      return { thing, told: tellOfComment("created", thing) };
    },

    editComment(before: DiscussionComment, body: string): Changed<DiscussionComment> {
      checkMayChange(world, actor, repository, before.author, "discussion");
      checkBody(body);
      const thing = discussions.putComment({ ...before, ...editedBy(actor.login, body) });
      return { thing, told: tellOfComment("edited", thing, { changes: { body: { from: before.body } } }) };
    },

    removeComment(thing: DiscussionComment): Changed<DiscussionComment> {
      checkMayChange(world, actor, repository, thing.author, "discussion");
      const hasReplies = discussions.commentsOn(thing.discussion, thing.id).length > 0;
      if (hasReplies) discussions.putComment({ ...thing, body: "", deletedAt: new Date().toISOString() });
      else discussions.dropComment(thing);
      return { thing, told: tellOfComment("deleted", thing) };
    },
  };
}

function checkTitle(title: string): void {
  if (title.trim() === "") throw new Refused(422, "Title can't be blank");
  if (title.length > longestTitle) throw new Refused(422, `Title is too long (maximum is ${longestTitle} characters)`);
}
