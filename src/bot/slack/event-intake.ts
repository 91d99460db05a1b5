import type { Logger } from "pino";
import { z } from "zod";
import type { Settings } from "../../config/settings.ts";
import { ServiceError } from "../../errors.ts";
import { addAll } from "../../pipeline/queue.ts";
import type { Records } from "../../pipeline/records.ts";
import { events } from "./events.ts";

const Envelope = z.object({
  type: z.literal("event_callback"),
  event_id: z.string().min(1),
  team_id: z.string().min(1),
  authorizations: z.tuple([z.object({ user_id: z.string().min(1) })], z.unknown()),
  event: z.looseObject({ type: z.string() }),
});

/** `down`: it could not be stored, so Slack should send it again. */
export type Intake = "taken" | "malformed" | "down";

interface EventIntakeOptions {
  readonly settings: Settings;
  readonly records: Records;
  readonly log: Logger;
  readonly now: () => number;
  /** Slack gives up after 3 s. */
  readonly storeWithinMs: number;
}

/** Whether a body from Slack is an event. Bolt would acknowledge it before it is stored, so it goes past Bolt. */
export const isEvent = (body: object): boolean => "type" in body && body.type === "event_callback";

/** Stores what the Events API delivers, before it is acknowledged. */
export function createEventIntake({ settings, records, log, now, storeWithinMs }: EventIntakeOptions): (body: object) => Promise<Intake> {
  return async (body) => {
    try {
      const { event_id, team_id, authorizations, event } = Envelope.parse(body);
      const known = { eventId: event_id, team: team_id, botUser: authorizations[0].user_id, receivedAt: now(), settings };
      const jobs = (events[event.type] ?? []).flatMap((toJob) => toJob(event, known) ?? []);
      if (jobs.length > 0) await records.transaction(({ queue }) => addAll(jobs, queue), { beginWithinMs: storeWithinMs });
      return "taken";
    } catch (error) {
      if (error instanceof z.ZodError) {
        log.error({ issues: error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) }, "an event has an unknown shape");
        return "malformed";
      }
      if (!(error instanceof ServiceError)) throw error;
      log.error({ err: error }, "an event could not be stored");
      return "down";
    }
  };
}
