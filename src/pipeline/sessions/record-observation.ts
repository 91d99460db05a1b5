import { done, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { isAnswered, toAnswerRequest } from "../design/answer-request.ts";
import type { Transaction } from "../records.ts";
import type { Observation, Observed } from "./observed.ts";
import { sessionAudit } from "./request-audit.ts";

type Needs = Pick<Services, "channels" | "designLimits" | "now">;

/** Writes down what a hook tells. What somebody's advice was asked for is in the audit, once, and is asked for where it can be. */
export async function recordObservation(
  tx: Pick<Transaction, "observed" | "audit" | "queue">,
  observation: Observation,
  services: Needs,
): ReturnType<Observed["put"]> {
  const result = await tx.observed.put(observation);
  if (observation.type !== "request" || result !== "recorded") return result;
  const intent = `request:${observation.id}`;
  const entry = { intent, ...sessionAudit(observation, 0, services.now()) };
  if (isAnswered(observation, services)) {
    await tx.queue.add(toAnswerRequest(observation));
    const reply = done("asking", text("It is kept, and a model is asked within the limits of design help."));
    await tx.audit.append({ ...entry, outcome: "queued", reason: "asking", reply });
  } else {
    const reply = done("kept", text("It is kept. No model answers such requests here, as this bot is set up."));
    await tx.audit.append({ ...entry, outcome: "queued", reason: "kept", reply });
  }
  return result;
}
