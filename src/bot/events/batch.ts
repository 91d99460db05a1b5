import { z } from "zod";
import { mask } from "../../pipeline/logs/mask.ts";
import { type Heard, toHeard } from "./event.ts";
import { withPassagesMasked } from "./session-events.ts";

export const mostEvents = 10_000;

const Batch = z.strictObject({ events: z.array(z.unknown()) });

/**
 * Reads the body of a batch.
 *
 * @param secrets values that must never be shown: an event that holds one, or what looks like one, is not kept
 * @param now milliseconds since the epoch
 */
export function readBatch(body: Buffer, secrets: readonly string[], now: number): readonly Heard[] | "no_batch" | "too_many" {
  const batch = Batch.safeParse(parse(body));
  if (!batch.success) return "no_batch";
  const { events } = batch.data;
  if (events.length > mostEvents) return "too_many";

  const heard = events.map((event) => withoutSecrets(toHeard(event, now), secrets));
  const texts = heard.map(textsOf);
  // Looking at all of them at once is twenty times as fast, and almost always enough.
  if (isClean(texts.flat().join("\n\n"), secrets)) return heard;
  return heard.map((event, index) => (texts[index]?.every((text) => isClean(text, secrets)) ? event : secretive));
}

/** What commands and models wrote is worth keeping without the secret in it. */
const withoutSecrets = (event: Heard, secrets: readonly string[]): Heard =>
  event.type === "observed" ? { ...event, observation: withPassagesMasked(event.observation, (text) => mask(text, secrets)) } : event;

const isClean = (text: string, secrets: readonly string[]): boolean => mask(text, secrets) === text;

const secretive: Heard = { type: "invalid", problem: "It holds what looks like a password or a token, so that nothing of it was kept." };

/** All words of others that would be kept or repeated. */
function textsOf(event: Heard): readonly string[] {
  const fields = contentOf(event);
  return Object.values(fields).filter((value) => typeof value === "string");
}

function contentOf(event: Heard): object {
  switch (event.type) {
    case "usage":
      return event.usage;
    case "reserve":
      return event.wish;
    case "observed":
      return event.observation;
    default:
      return event;
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
