import { z } from "zod";
import { Around, type Said, Words } from "./heard.ts";

const IssueComment = Around.extend({
  issue: z.object({ number: z.int(), node_id: z.string(), pull_request: z.object({}).optional() }),
  comment: Words.extend({ created_at: z.string() }),
});

/** A comment in the conversation of a pull request or issue. Throws z.ZodError when GitHub's shape changed. */
export function toIssueComment(payload: unknown): Said {
  const { issue, comment, ...around } = IssueComment.parse(payload);
  return {
    around,
    words: comment,
    source: `github:comment:${comment.id}`,
    at: comment.created_at,
    begins: "created",
    place: { kind: issue.pull_request ? "pull_request" : "issue", number: issue.number, subjectId: issue.node_id },
  };
}
