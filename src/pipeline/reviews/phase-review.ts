import type { RequestTold } from "../sessions/event.ts";
import type { ReviewTrigger } from "./rules.ts";

/** The review that a session asks for when a phase is complete, where it says of which pull request and head; as the job of such reviews takes it. */
export function toPhaseReview({
  subject,
  repository,
  pullRequest,
  headSha,
}: RequestTold):
  | { readonly repository: string; readonly number: number; readonly headSha: string; readonly trigger: Extract<ReviewTrigger, "phase"> }
  | undefined {
  if (subject !== "review" || repository === undefined || pullRequest === undefined || headSha === undefined) return undefined;
  return { repository, number: pullRequest, headSha, trigger: "phase" };
}
