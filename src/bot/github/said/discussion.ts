import { z } from "zod";
import { Around, type Said, Words } from "./heard.ts";

const Discussion = z.object({ number: z.int(), node_id: z.string() });

const Opening = Around.extend({ discussion: Words.extend({ number: z.int(), created_at: z.string() }) });

/** What begins a Discussion. Throws z.ZodError when GitHub's shape changed. */
export function toDiscussionBody(payload: unknown): Said {
  const { discussion, ...around } = Opening.parse(payload);
  return {
    around,
    words: discussion,
    source: `github:discussion:${discussion.id}`,
    at: discussion.created_at,
    begins: "created",
    place: { kind: "discussion", number: discussion.number, subjectId: discussion.node_id, thread: { kind: "discussion" } },
  };
}

const Comment = Around.extend({
  comment: Words.extend({ created_at: z.string(), parent_id: z.int().nullish() }),
  discussion: Discussion,
});

/** A comment in a Discussion, or a reply to one. Throws z.ZodError when GitHub's shape changed. */
export function toDiscussionComment(payload: unknown): Said {
  const { comment, discussion, ...around } = Comment.parse(payload);
  const { parent_id: parent } = comment;
  return {
    around,
    words: comment,
    source: `github:discussion-comment:${comment.id}`,
    at: comment.created_at,
    begins: "created",
    place: {
      kind: "discussion",
      number: discussion.number,
      subjectId: discussion.node_id,
      thread: { kind: "discussion", commentId: comment.node_id, ...(parent != null && { isReply: true }) },
    },
  };
}
