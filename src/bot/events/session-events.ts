import { z } from "zod";
import type { Observation } from "../../pipeline/sessions/observed.ts";
import { printable } from "../render/printable.ts";
import { attribution, id, moment, word } from "./words.ts";

/** What a command or a model wrote, over several lines: nothing that cannot be shown stays in it. */
const passage = (longest: number) =>
  z
    .string()
    .min(1, "is empty")
    .max(longest, `has more than ${longest} characters`)
    .transform((text) => printable(text.toWellFormed()));

const told = { id, at: moment, ...attribution, branch: word(255).exactOptional() };

const SessionEvent = z.strictObject({
  type: z.literal("session"),
  state: z.enum(["started", "ended"]),
  version: word(50),
  difference: passage(500).exactOptional(),
  ...told,
});

const FailureEvent = z.strictObject({
  type: z.literal("failure"),
  command: passage(500),
  failures: z.int().min(1).max(1_000_000),
  error: z.literal("").or(passage(300)),
  knownIssue: word(100).exactOptional(),
  ...told,
});

const RequestEvent = z.strictObject({
  type: z.literal("request"),
  channel: z.enum(["gemini", "o3"]),
  subject: z.enum(["review", "design"]),
  reason: passage(500),
  details: z.literal("").or(passage(8_000)),
  ...told,
});

/** What the hooks of Claude Code tell beside usage. */
export const observationEvents = [SessionEvent, FailureEvent, RequestEvent] as const;

/** Fields in which somebody's own words stand: there a secret is masked, and the rest is kept. */
const passages = ["difference", "command", "error", "reason", "details"] as const;

export function withPassagesMasked(observation: Observation, mask: (text: string) => string): Observation {
  const own = observation as Partial<Record<(typeof passages)[number], string>>;
  const masked = passages.flatMap((name) => (own[name] === undefined ? [] : [[name, mask(own[name])]]));
  return { ...observation, ...Object.fromEntries(masked) };
}
