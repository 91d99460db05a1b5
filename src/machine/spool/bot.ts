import { z } from "zod";
import type { SpoolDestination } from "../../pipeline/sessions/drain.ts";
import type { SessionEvent } from "../../pipeline/sessions/event.ts";
import { toEvent } from "../import/to-event.ts";
import { askBot, type Remote } from "../remote/client.ts";

const Result = z.object({
  status: z.enum(["recorded", "amended", "known", "covered", "invalid"]),
  message: z.string().max(1_000).optional(),
});

/** The bot that takes what hooks tell. */
export const spoolToBot = (remote: Remote): SpoolDestination => ({
  async take(events, withinMs) {
    const answer = z.object({ results: z.array(Result).length(events.length) });
    const { results } = await askBot({ ...remote, withinMs }, answer, { path: "/v1/events", told: { events: events.map(onTheWire) } });
    return results.map(({ status, message }) =>
      status === "invalid" ? { problem: message ?? "The bot refuses it, and does not say why." } : "taken",
    );
  },
  close() {},
});

const onTheWire = (event: SessionEvent): object => (event.type === "usage" ? toEvent(event.usage) : event);
