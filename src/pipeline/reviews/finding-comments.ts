import { createHash } from "node:crypto";
import type { NewJob } from "../queue.ts";

/** The task of the job that tells which findings of a review could not be said on their lines, so that they are said elsewhere. */
export const unplacedTask = "unplaced-findings";

export interface Unplaced {
  /** The outbox key of the review. */
  readonly review: string;
  /** As `ReviewThread.finding` names them. */
  readonly findings: readonly string[];
}

/** One job a review, however often it is looked at. */
export function toUnplaced({ review, findings }: Unplaced): NewJob {
  return { id: `${unplacedTask}:${review}`, task: unplacedTask, payload: { review, findings: [...findings] } };
}

/** The task of the job that hides what we said on lines about findings that are gone. */
export const hideFindingsTask = "hide-findings";

export interface GoneFindings {
  readonly repository: string;
  /** Node id of the pull request. */
  readonly subjectId: string;
  /** The commit in which they are gone. */
  readonly headSha: string;
  /** As `ReviewThread.finding` names them. */
  readonly findings: readonly string[];
}

export function toHideFindings({ repository, subjectId, headSha, findings }: GoneFindings): NewJob {
  const payload = { repository, subjectId, findings: [...findings] };
  // Several channels may review one commit, and each of them several times.
  const which = createHash("sha256").update(findings.toSorted().join("\n")).digest("hex").slice(0, 16);
  return { id: `${hideFindingsTask}:${subjectId}:${headSha}:${which}`, task: hideFindingsTask, payload };
}
