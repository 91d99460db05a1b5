import { z } from "zod";
import { addComment, deleteComment, lastComments, updateComment } from "../documents/comments.ts";
import type { Comments } from "./comments.ts";
import { Candidates, withMarker } from "./found-by-marker.ts";

const Added = z.object({ addComment: z.object({ commentEdge: z.object({ node: z.object({ id: z.string() }) }) }) });
const Last = z.object({ node: z.object({ comments: Candidates }) });

/** The conversation of a pull request or issue. */
export const conversation: Comments = {
  async find({ subjectId }, marker, { query }) {
    return withMarker(Last.parse(await query(lastComments, { subjectId })).node.comments, marker);
  },

  async post({ subjectId }, body, { mutate }) {
    return Added.parse(await mutate(addComment, { subjectId, body })).addComment.commentEdge.node.id;
  },

  async edit(id, body, { mutate }) {
    await mutate(updateComment, { id, body });
  },

  async remove(id, { mutate }) {
    await mutate(deleteComment, { id });
  },
};
