import type { Services } from "../../services.ts";
import type { GitHubReviewAddress, StoredMessage } from "../outbox.ts";
import type { Job } from "../queue.ts";
import type { Unplaced } from "./finding-comments.ts";
import { putReview } from "./put-review.ts";
import { findReview, type ReviewOf, storeReview } from "./review-state.ts";
import { reviewChannels } from "./rules.ts";
import { findTold } from "./told-review.ts";

/** What GitHub takes no comment on is told in the summary instead. */
export function createUnplaced({ records }: Pick<Services, "records">): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { review, findings } = payload as unknown as Unplaced;
    await records.transaction(async (tx) => {
      const message = await tx.outbox.find(review);
      const of = message && reviewOf(message.lane, (message.address as GitHubReviewAddress).repository);
      const state = of && (await findReview(tx.notes, of));
      const told = of && (await findTold(tx.notes, of));
      if (!state || !told) return;
      const unplaced = new Set(findings);
      const folded = state.findings.map((finding) => {
        if (!unplaced.has(finding.fingerprint) || finding.folded) return finding;
        const { inlineAt: _, ...rest } = finding;
        const reason = reasonIn(message, finding.fingerprint);
        return { ...rest, folded: "outside_diff" as const, ...(reason !== undefined && { reason }) };
      });
      const changed = { ...state, findings: folded };
      await storeReview(tx.notes, changed);
      const { subjectId, ...rest } = told;
      await putReview(tx, { ...rest, state: changed }, subjectId);
    });
  };
}

/** The lane of a review is the key of its summary: `review:summary:owner/name#12:gemini`. */
function reviewOf(lane: string, repository: string): ReviewOf | undefined {
  const [, number, name] = /#(\d+):(\w+)$/.exec(lane) ?? [];
  const channel = reviewChannels.find((one) => one === name);
  return channel && { repository, pullRequest: Number(number), channel };
}

/** The reason was to stand beside the line, behind the title, and stands nowhere else. */
function reasonIn({ address, answers }: StoredMessage, fingerprint: string): string | undefined {
  const place = (address as GitHubReviewAddress).threads.findIndex(({ finding }) => finding === fingerprint);
  const [, reason] = answers[place]?.reply.parts ?? [];
  return reason?.kind === "text" ? reason.text : undefined;
}
