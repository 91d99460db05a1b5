import { z } from "zod";
import { mistakeInWords } from "../../config/mistake-in-words.ts";
import type { Wish } from "../../pipeline/budgets/reservation.ts";
import type { Observation } from "../../pipeline/sessions/observed.ts";
import { bases, providers, type Usage } from "../../pipeline/usage/usage.ts";
import { clip, printable } from "../render/printable.ts";
import { observationEvents } from "./session-events.ts";
import { toTokens } from "./tokens.ts";
import { attribution, id, moment, usd, word } from "./words.ts";

/** Clocks of other machines may be ahead. */
const aheadMs = 5 * 60_000;
/** Before any of the models: seconds that were taken for milliseconds. */
const earliest = Date.parse("2020-01-01");
const longestLeaseSeconds = 6 * 60 * 60;
const longestProblem = 300;

const name = word(100);

/** What the ledger calls its own entries. */
const isOurs = (usage: string): boolean => usage.startsWith("reservation:");

const UsageEvent = z.strictObject({
  type: z.literal("usage"),
  id,
  at: moment,
  provider: z.enum(providers),
  model: name,
  service: name,
  basis: z.enum(bases).default("metered"),
  tokens: z.looseObject({}),
  costUsd: usd.exactOptional(),
  isSidechain: z.boolean().exactOptional(),
  reservation: id.exactOptional(),
  sumOf: z
    .string()
    .regex(
      /^(?:session:.{1,200}|day:(?:anthropic|openai|google|other):\d{4}-\d{2}-\d{2})$/,
      "is neither session:… nor day:<provider>:2026-11-23",
    )
    .exactOptional(),
  ...attribution,
});

const ReserveEvent = z.strictObject({
  type: z.literal("reserve"),
  id,
  service: name,
  model: name.exactOptional(),
  estimateUsd: usd.nullable(),
  leaseSeconds: z.int().min(1).max(longestLeaseSeconds).default(900),
  ...attribution,
});

const SettleEvent = z.strictObject({ type: z.literal("settle"), id, reservation: id });

const types = ["usage", "reserve", "settle", "session", "failure", "request"];

const Event = z.discriminatedUnion("type", [UsageEvent, ReserveEvent, SettleEvent, ...observationEvents], {
  error: ({ code }) => (code === "invalid_union" ? `must be one of ${types.join(", ")}` : 'It is no event, such as {"type": "usage", …}'),
});

/** One event as we understood it. */
export type Heard =
  | { readonly type: "usage"; readonly id: string; readonly usage: Usage }
  | { readonly type: "reserve"; readonly id: string; readonly wish: Wish }
  | { readonly type: "settle"; readonly id: string; readonly reservation: string }
  | { readonly type: "observed"; readonly id: string; readonly observation: Observation }
  | { readonly type: "invalid"; readonly id?: string; readonly problem: string };

/**
 * Reads one event of a batch. What is wrong with it is told in a sentence.
 *
 * @param now milliseconds since the epoch
 */
export function toHeard(event: unknown, now: number): Heard {
  const read = Event.safeParse(event, { error: mistakeInWords });
  if (read.success) return read.data.type === "usage" ? toUsage(read.data, now) : toOther(read.data, now);
  const [issue] = read.error.issues;
  const named = z.object({ id }).safeParse(event);
  return invalid([issue?.path.join("."), issue?.message].filter(Boolean).join(" "), named.data?.id);
}

const invalid = (problem: string, of: string | undefined): Heard => ({
  type: "invalid",
  ...(of !== undefined && { id: of }),
  problem: `${clip(printable(problem), longestProblem)}.`,
});

function problemOfMoment(at: number, now: number): string | undefined {
  if (at > now + aheadMs) return "at is in the future: is the clock right";
  return at < earliest ? "at is before 2020: it is in milliseconds since 1970, or as 2026-11-23T12:00:00Z" : undefined;
}

function toUsage(event: z.output<typeof UsageEvent>, now: number): Heard {
  const { type, costUsd: statedPico, isSidechain, tokens, ...rest } = event;
  if (isOurs(event.id)) return invalid("id begins as only my own do: let it begin with the provider, as in anthropic:msg_01", event.id);
  const wrongTime = problemOfMoment(event.at, now);
  if (wrongTime !== undefined) return invalid(wrongTime, event.id);
  const normalised = toTokens(tokens, event.provider, event.sumOf !== undefined);
  if ("problem" in normalised) return invalid(`tokens: ${normalised.problem}`, event.id);
  const usage = {
    ...rest,
    tokens: normalised.tokens,
    ...(statedPico !== undefined && { statedPico }),
    ...(isSidechain && { isSidechain }),
  };
  return { type, id: event.id, usage };
}

function toOther(event: Exclude<z.output<typeof Event>, { type: "usage" }>, now: number): Heard {
  switch (event.type) {
    case "settle":
      return event;
    case "reserve": {
      const { type, estimateUsd: estimatePico, leaseSeconds, ...rest } = event;
      return { type, id: event.id, wish: { ...rest, estimatePico, leaseMs: leaseSeconds * 1000 } };
    }
    default: {
      const wrongTime = problemOfMoment(event.at, now);
      return wrongTime === undefined ? { type: "observed", id: event.id, observation: event } : invalid(wrongTime, event.id);
    }
  }
}
