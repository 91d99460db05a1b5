import type { Context } from "../context.ts";
import type { HookModule } from "../module.ts";

const name = "phase-review";
const summary = "Records requests to Gemini for a review, and to o3 for a design of the next phase, once a phase's deliverables are there.";

async function review(context: Context): Promise<undefined> {
  const { review: wantsReview, design } = context.settings.phaseReview;
  if ((!wantsReview && !design) || !context.plan()) return undefined;
  const { reviewPhase } = await import("../phase/review-phase.ts");
  await reviewPhase(context);
  return undefined;
}

export const phaseReviewAtStop: HookModule<"stop"> = {
  name,
  summary,
  run: ({ agent_id: agent, stop_hook_active: isRepeated }, context) => (agent !== undefined || isRepeated ? undefined : review(context)),
};

export const phaseReviewAtEnd: HookModule<"session-end"> = { name, summary, run: (_, context) => review(context) };
