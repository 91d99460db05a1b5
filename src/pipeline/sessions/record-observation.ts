import { done, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { isAnswered, toAnswerRequest } from "../design/answer-request.ts";
import type { NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { toAutoReview } from "../reviews/auto-review-task.ts";
import { toPhaseReview } from "../reviews/phase-review.ts";
import type { RequestTold } from "./event.ts";
import type { Observation, Observed } from "./observed.ts";
import { sessionAudit } from "./request-audit.ts";

type Needs = Pick<Services, "channels" | "designLimits" | "reviewRules" | "now">;

/** Writes down what a hook tells. What somebody's advice was asked for is in the audit, once, and is asked for where it can be. */
export async function recordObservation(
  tx: Pick<Transaction, "observed" | "audit" | "queue">,
  observation: Observation,
  services: Needs,
): ReturnType<Observed["put"]> {
  const result = await tx.observed.put(observation);
  if (observation.type !== "request" || result !== "recorded") return result;
  const { job, reply } = whatComesOf(observation, services);
  if (job) await tx.queue.add(job);
  const entry = sessionAudit(observation, 0, services.now());
  await tx.audit.append({ intent: `request:${observation.id}`, ...entry, outcome: "queued", reason: reply.reason, reply });
  return result;
}

function whatComesOf(request: RequestTold, services: Needs): { readonly job?: NewJob; readonly reply: Reply } {
  if (isAnswered(request, services)) {
    const reply = done("asking", text("It is kept, and a model is asked within the limits of design help."));
    return { job: toAnswerRequest(request), reply };
  }
  const review = toPhaseReview(request);
  const rules = review && services.reviewRules(review.repository);
  if (review && rules?.on.includes("phase") && services.channels.of(rules.channel)) {
    const reply = done("reviewing", text(`It is kept, and ${rules.channel} reviews #${review.number}.`));
    return { job: toAutoReview({ ...review, at: services.now() }), reply };
  }
  return { reply: done("kept", text("It is kept. No model answers such requests here, as this bot is set up.")) };
}
