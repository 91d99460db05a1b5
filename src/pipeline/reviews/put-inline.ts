import type { PullChange } from "../changes.ts";
import type { Transaction } from "../records.ts";
import { describeInline } from "./describe-inline.ts";
import type { Finding } from "./finding.ts";
import { summaryKey } from "./put-review.ts";
import type { ReviewWish } from "./wish.ts";

type On = Pick<PullChange, "repository" | "number" | "subjectId" | "headSha">;

/** Says findings beside their lines, all in one review, so that people get one mail. */
export async function putInline(
  { outbox }: Pick<Transaction, "outbox">,
  { id, channel }: Pick<ReviewWish, "id" | "channel">,
  { repository, number, subjectId, headSha }: On,
  findings: readonly Finding[],
): Promise<void> {
  const placed = findings.flatMap((finding) => {
    const { line, endLine = line, path, fingerprint } = finding;
    if (line === undefined || endLine === undefined) return [];
    const thread = { path, line: endLine, ...(endLine > line && { startLine: line }), finding: fingerprint };
    return [{ thread, reply: { outcome: "done", reason: "review_finding", audience: "thread", parts: describeInline(finding) } as const }];
  });
  if (placed.length === 0) return;
  await outbox.put({
    key: `review:inline:${id}`,
    lane: summaryKey({ repository, pullRequest: number, channel }),
    address: { surface: "github_review", repository, subjectId, headSha, threads: placed.map(({ thread }) => thread) },
    answers: placed.map(({ reply }) => ({ reply })),
  });
}
