import { type CommentView, marksOn, type Said } from "../conversation.ts";
import { mainRepository } from "../seed.ts";
import type { Author } from "../tokens.ts";
import type { World } from "../world.ts";
import { type Changed, discussionsAs } from "./changes.ts";
import type { Discussion, DiscussionComment } from "./discussions.ts";

export interface DiscussionView extends CommentView {
  readonly number: number;
  readonly title: string;
  /** The category's slug. */
  readonly category: string;
  readonly isEdited: boolean;
  readonly comments: readonly DiscussionCommentView[];
}

export interface DiscussionCommentView extends CommentView {
  readonly isEdited: boolean;
  readonly replies: readonly DiscussionCommentView[];
}

interface NewDiscussion {
  /** A slug: ci, q-a or general. */
  readonly category: string;
  readonly title: string;
  readonly body: string;
}

/** What people do in Discussions; each resolves when the delivery was answered. */
export interface DiscussionsControl {
  openDiscussion(as: string, about: NewDiscussion, repository?: string): Promise<Said & { readonly number: number }>;
  editDiscussion(as: string, number: number, change: { title?: string; body?: string }, repository?: string): Promise<Said>;
  /** @param more a top-level comment to reply to, by its number */
  discuss(as: string, number: number, body: string, more?: { replyTo?: number }, repository?: string): Promise<Said>;
  editDiscussionComment(as: string, id: number, body: string, repository?: string): Promise<Said>;
  /** Newest first. */
  discussions(repository?: string): readonly DiscussionView[];
  discussion(number: number, repository?: string): DiscussionView;
}

export function createDiscussionsControl(world: World, tokenOf: (login: string) => string): DiscussionsControl {
  const { discussions } = world;

  const actAs = (login: string, repository: string) => {
    const actor: Author = { kind: "person", login, token: tokenOf(login) };
    const known = world.access.find(actor, repository);
    if (!known) throw new Error(`${login} sees no ${repository}.`);
    return discussionsAs(actor, known, world);
  };
  const find = (number: number, repository: string): Discussion => {
    const found = discussions.in(repository).find((one) => one.number === number);
    if (!found) throw new Error(`${repository} has no Discussion ${number}.`);
    return found;
  };
  const findComment = (id: number): DiscussionComment => {
    const found = discussions.comment(id);
    if (!found) throw new Error(`There is no comment ${id} in a Discussion.`);
    return found;
  };

  return {
    async openDiscussion(as, { category: slug, title, body }, repository = mainRepository) {
      const category = discussions.categories().find((one) => one.slug === slug);
      if (!category) throw new Error(`There is no category ${slug}.`);
      const changed = (await actAs(as, repository)).open(category, title, body);
      return { ...(await toSaid(changed)), number: changed.thing.number };
    },
    async editDiscussion(as, number, change, repository = mainRepository) {
      return toSaid((await actAs(as, repository)).edit(find(number, repository), change));
    },
    async discuss(as, number, body, { replyTo } = {}, repository = mainRepository) {
      const parent = replyTo === undefined ? undefined : findComment(replyTo);
      return toSaid((await actAs(as, repository)).comment(find(number, repository), body, parent));
    },
    async editDiscussionComment(as, id, body, repository = mainRepository) {
      return toSaid((await actAs(as, repository)).editComment(findComment(id), body));
    },
    discussions: (repository = mainRepository) => discussions.in(repository).map(view),
    discussion: (number, repository = mainRepository) => view(find(number, repository)),
  };

  function view(discussion: Discussion): DiscussionView {
    const { number, title, category, id } = discussion;
    return {
      ...viewWritten(world, discussion),
      number,
      title,
      category: category.slug,
      comments: discussions.commentsOn(id).map(viewComment),
    };
  }

  function viewComment(comment: DiscussionComment): DiscussionCommentView {
    return { ...viewWritten(world, comment), replies: discussions.commentsOn(comment.discussion, comment.id).map(viewComment) };
  }
}

type Written = Omit<CommentView, "reactions" | "minimised"> & { readonly editor?: string };

export function viewWritten(world: World, { id, nodeId, author, body, createdAt, updatedAt, editor }: Written) {
  return { id, nodeId, author, body, createdAt, updatedAt, isEdited: editor !== undefined, ...marksOn(world, nodeId) };
}

/** Resolves when its delivery was answered. */
export async function toSaid({ thing, told }: Changed<Pick<Discussion, "id" | "nodeId">>): Promise<Said> {
  const { guid } = await told;
  return { id: thing.id, nodeId: thing.nodeId, guid };
}
