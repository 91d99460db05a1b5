import { z } from "zod";
import { Around, type Said, Words } from "./heard.ts";

const PullRequest = Around.extend({ pull_request: Words.extend({ number: z.int(), created_at: z.string() }) });

/** What the author of a pull request says at its opening. Throws z.ZodError when GitHub's shape changed. */
export function toPullRequestBody(payload: unknown): Said {
  const { pull_request: pull, ...around } = PullRequest.parse(payload);
  return {
    around,
    words: pull,
    source: `github:pull:${pull.id}`,
    at: pull.created_at,
    begins: "opened",
    place: { kind: "pull_request", number: pull.number, subjectId: pull.node_id },
  };
}
