import { answerTask, toPayload } from "../../delivery.ts";
import { heard, type Said } from "../said/heard.ts";
import type { ToNewJob } from "./to-new-job.ts";

/** The commands in what somebody said. */
export function onWords(toSaid: (payload: unknown) => Said): ToNewJob {
  return (payload, known) => {
    const delivery = heard(toSaid(payload), known);
    return delivery && { id: `github:${known.guid}`, task: answerTask, payload: toPayload(delivery) };
  };
}
