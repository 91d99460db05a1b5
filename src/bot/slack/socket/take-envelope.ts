import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import { type Intake, isEvent } from "../event-intake.ts";
import type { Envelope } from "./connection.ts";

interface EnvelopeOptions {
  readonly onEvent: (body: object) => Promise<Intake>;
  /** What takes commands and clicks. */
  readonly app: Pick<App, "processEvent">;
  readonly log: Logger;
}

/** Acknowledges an envelope only when what is in it is stored; Slack sends an event again that was not acknowledged. */
export function createTakeEnvelope({ onEvent, app, log }: EnvelopeOptions): (envelope: Envelope) => Promise<void> {
  return async ({ body, ack: acknowledge }) => {
    let isAcknowledged = false;
    const ack = async (response?: unknown) => {
      isAcknowledged = true;
      try {
        await acknowledge(toPayload(response));
      } catch (error) {
        log.warn({ err: error }, "a connection ended before an envelope could be acknowledged");
      }
    };
    try {
      if (!isEvent(body)) await app.processEvent({ body: { ...body }, ack });
      else if ((await onEvent(body)) === "taken") await ack();
    } catch (error) {
      log.error({ err: error }, "an envelope from Slack could not be taken");
    }
    if (!isAcknowledged) log.warn("an envelope from Slack was not acknowledged");
  };
}

/** By HTTP an acknowledgement may be a bare text; an envelope takes an object. */
const toPayload = (response: unknown): object => {
  if (typeof response === "string") return { text: response };
  return typeof response === "object" && response !== null ? response : {};
};
