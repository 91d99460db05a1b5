import type { CommentView, Said } from "../../src/sandbox/github/conversation.ts";
import type { DiscussionCommentView } from "../../src/sandbox/github/discussions/control.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";

/** What was said, and the pull request or Discussion it is in. */
export interface Asked extends Said {
  readonly number: number;
  /** The comment that a thread is under. */
  readonly under?: number;
}

/** One of the places on GitHub where people write. */
interface Place {
  say(github: GitHubSandbox, as: string, body: string): Promise<Asked>;
  edit(github: GitHubSandbox, as: string, asked: Asked, body: string): Promise<unknown>;
  look(github: GitHubSandbox, asked: Asked): Promise<Pick<CommentView, "reactions">>;
  /** What the bot said there about that. */
  answers(github: GitHubSandbox, asked: Asked): Promise<readonly CommentView[]>;
  /** Strangers cannot write there. */
  readonly isForMembers?: true;
  /** The names of the calls by which an answer is posted there, found again and edited. */
  readonly posts: RegExp;
  readonly finds: RegExp;
  readonly edits: RegExp;
}

const by = (github: GitHubSandbox, comments: readonly CommentView[], { id }: Asked, kind: string) =>
  comments.filter(({ author, body }) => author === github.bot.login && body.includes(`${kind}%3A${id} -->`));
const there = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error("There is no such thing.");
  return found;
};
const allIn = (comments: readonly DiscussionCommentView[]): DiscussionCommentView[] =>
  comments.flatMap((comment) => [comment, ...allIn(comment.replies)]);

const conversation = { posts: /AddComment/, finds: /LastComments/, edits: /UpdateComment/ };
const inDiscussion = { posts: /AddDiscussionComment/, finds: /LastDiscussionComments/, edits: /UpdateDiscussionComment/ };
const onLine = { posts: /AddThreadReply/, finds: /LastThreadComments/, edits: /UpdateReviewComment/ };

const discussionComments = {
  ...inDiscussion,
  edit: (github: GitHubSandbox, as: string, { id }: Asked, body: string) => github.editDiscussionComment(as, id, body),
  look: async (github: GitHubSandbox, { number, id }: Asked) =>
    there(allIn(github.discussion(number).comments).find((comment) => comment.id === id)),
  answers: async (github: GitHubSandbox, asked: Asked) => {
    const top = github.discussion(asked.number).comments.find(({ id }) => id === asked.under);
    return by(github, there(top).replies, asked, "discussion%2Dcomment");
  },
};

const threadComments = {
  ...onLine,
  edit: (github: GitHubSandbox, as: string, { id }: Asked, body: string) => github.editReviewComment(as, id, body),
  look: async (github: GitHubSandbox, { number, id }: Asked) =>
    there(
      github
        .reviewThreads(number)
        .flatMap(({ comments }) => comments)
        .find((comment) => comment.id === id),
    ),
  answers: async (github: GitHubSandbox, asked: Asked) => {
    const thread = github.reviewThreads(asked.number).find(({ comments }) => comments[0]?.id === asked.under);
    return by(github, there(thread).comments, asked, "review%2Dcomment");
  },
};

let branches = 0;

export const places: Readonly<Record<string, Place>> = {
  "the body of a Discussion": {
    ...inDiscussion,
    say: (github, as, body) => github.openDiscussion(as, { category: "general", title: "A question", body }),
    edit: (github, as, { number }, body) => github.editDiscussion(as, number, { body }),
    look: async (github, { number }) => github.discussion(number),
    answers: async (github, asked) => by(github, github.discussion(asked.number).comments, asked, "discussion"),
  },

  "a comment in a Discussion": {
    ...discussionComments,
    async say(github, as, body) {
      const number = github.firstDiscussion;
      const said = await github.discuss(as, number, body);
      return { ...said, number, under: said.id };
    },
  },

  "a reply in a Discussion": {
    ...discussionComments,
    async say(github, as, body) {
      const number = github.firstDiscussion;
      const { id } = await github.discuss("ravi", number, "Any news?");
      return { ...(await github.discuss(as, number, body, { replyTo: id })), number, under: id };
    },
  },

  "the body of a review": {
    ...conversation,
    async say(github, as, body) {
      const number = github.pulls.red;
      return { ...(await github.review(as, number, { body })), number };
    },
    edit: (github, as, { id }, body) => github.editReview(as, id, body),
    look: async (github, { number, id }) => there(github.reviews(number).find((review) => review.id === id)),
    answers: async (github, asked) => by(github, await github.comments(asked.number), asked, "review"),
  },

  "a comment on a line": {
    ...threadComments,
    async say(github, as, body) {
      const number = github.pulls.red;
      const said = await github.reviewComment(as, number, { path: "src/fpu-traps.rs", line: 1, body });
      return { ...said, number, under: said.id };
    },
  },

  "a reply to a comment on a line": {
    ...threadComments,
    async say(github, as, body) {
      const number = github.pulls.green;
      const { id } = await github.reviewComment("ravi", number, { path: "src/align-on-m68040.rs", line: 1, body: "Why?" });
      return { ...(await github.reviewComment(as, number, { replyTo: id, body })), number, under: id };
    },
  },

  "what the author of a pull request says at opening": {
    ...conversation,
    isForMembers: true,
    async say(github, as, body) {
      branches += 1;
      return github.openPull(as, { title: "Cool it", body, branch: `cooler-${branches}` });
    },
    edit: (github, as, { number }, body) => github.changePull(as, number, { body }),
    look: async (github, { nodeId }) => ({ reactions: github.reactions(nodeId) }),
    answers: async (github, asked) => by(github, await github.comments(asked.number), asked, "pull"),
  },
};
