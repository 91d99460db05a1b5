import { UserError } from "../../errors.ts";
import { isAtLeast } from "../../pipeline/access.ts";
import { describeProposal, toProposal } from "../../pipeline/known-issues/propose.ts";
import { done, type Reply, text } from "../../reply.ts";
import type { Context } from "../command.ts";
import type { PinnedTarget } from "../head.ts";
import { type NeedsOfTest, readJob } from "./test.ts";

/**
 * Writes a new entry for the job's first error on its pull request, where everybody who works on it sees it. Asking again for the same
 * failure edits that comment.
 *
 * @throws UserError when there is nothing to propose, or nowhere to write it
 */
export async function proposeIssue(typed: string, place: PinnedTarget, context: Context, services: NeedsOfTest): Promise<Reply> {
  await refuseReaders(context);
  const { head, job, about, found } = await readJob(typed, place, context, services, "known-issue propose");
  const { repository, subject, headSha } = head;
  if (subject.kind !== "pull_request" || subject.nodeId === undefined) {
    const sentence =
      "A proposal is a comment on a pull request: name one, as in known-issue propose build #12. For a branch, use known-issue add.";
    throw new UserError("not_applicable", "no_pull_request", sentence);
  }
  const { knownIssues, records, now } = services;
  const { nodeId: subjectId, number, url } = subject;
  const proposal = toProposal({ excerpt: found.excerpt, about, jobUrl: job.url, at: now() }, knownIssues);
  const written = describeProposal(proposal, about);
  // The answer to a comment stands on the pull request itself.
  if (context.pullRequestHere === number) return written;

  const where = `${repository}#${number}`;
  const reply: Reply = {
    ...done("proposed", text(`${proposal.entry.id} is proposed as a known issue, in a comment on ${where}.`, "good")),
    audience: "thread",
    link: { text: `Read it on ${where}`, url },
  };
  await records.transaction(async (tx) => {
    await tx.outbox.put({
      key: `known-issue:${where.toLowerCase()}:${headSha}:${job.actions.jobId}`,
      lane: `github:${repository}#${number}`,
      address: { surface: "github", repository, subjectId },
      answers: [{ reply: written }],
    });
    await context.conclude(tx, reply);
  });
  return reply;
}

/** Looking is for readers; a comment in the bot's name is not. */
async function refuseReaders(context: Context): Promise<void> {
  const held = await context.role();
  if (held !== undefined && isAtLeast(held, "write")) return;
  const holds = held === undefined ? "and your GitHub account is not known here" : `and you hold ${held}`;
  throw new UserError("refused", "role_too_low", `To propose a known issue you need the role write on the repository, ${holds}.`);
}
