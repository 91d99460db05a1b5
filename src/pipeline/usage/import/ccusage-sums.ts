import { UserError } from "../../../errors.ts";
import type { PicoUsd } from "../money.ts";
import { mostOfSum } from "../normalise/checked.ts";
import { providerOf } from "../provider-of.ts";
import { allTokens, daySum, sessionSum, type Tokens, type Usage } from "../usage.ts";
import { countOf, type Fields, nameOf, statedPicoOf } from "./fields.ts";
import { attributed, type Teller } from "./told.ts";

/** What was used of one model in a session or on a day. */
export interface ModelSum {
  readonly model: string;
  readonly tokens: Tokens;
  /** Absent where ccusage knows no price, or does not say. */
  readonly statedPico?: PicoUsd;
}

/**
 * @returns one sum for each model, in the order in which they are named first
 * @throws UserError for counts that are none
 */
export function byModel(breakdowns: readonly Fields[], unpriced: ReadonlySet<string>): readonly ModelSum[] {
  const sums = new Map<string, ModelSum>();
  for (const breakdown of breakdowns) {
    const sum = toSum(breakdown, unpriced);
    const before = sums.get(sum.model);
    sums.set(sum.model, before ? together(before, sum) : sum);
  }
  return [...sums.values()].filter(isFullOf);
}

export const isFullOf = ({ model, tokens }: ModelSum): boolean => model !== "<synthetic>" && allTokens(tokens) > 0;

function toSum(breakdown: Fields, unpriced: ReadonlySet<string>): ModelSum {
  const model = nameOf(breakdown.modelName);
  const uncachedIn = countOf(breakdown.inputTokens, mostOfSum);
  const cacheRead = countOf(breakdown.cacheReadTokens, mostOfSum);
  // ccusage does not say how long a cache is kept; mostly it is for 5 minutes.
  const cacheWrite5m = countOf(breakdown.cacheCreationTokens, mostOfSum);
  const out = countOf(breakdown.outputTokens, mostOfSum);
  if (model === undefined || uncachedIn === undefined || cacheRead === undefined || cacheWrite5m === undefined || out === undefined)
    throw new UserError("invalid", "unknown_shape", "This has a breakdown without a modelName, or with tokens that are no counts.");
  const statedPico = breakdown.missingPricing === true || unpriced.has(model) ? undefined : statedPicoOf(breakdown.cost);
  return {
    model,
    tokens: { uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h: 0, out, reasoning: 0 },
    ...(statedPico !== undefined && { statedPico }),
  };
}

function together(one: ModelSum, other: ModelSum): ModelSum {
  const sum = (of: (tokens: Tokens) => number) => of(one.tokens) + of(other.tokens);
  const tokens = {
    uncachedIn: sum(({ uncachedIn }) => uncachedIn),
    cacheRead: sum(({ cacheRead }) => cacheRead),
    cacheWrite5m: sum(({ cacheWrite5m }) => cacheWrite5m),
    cacheWrite1h: 0,
    out: sum(({ out }) => out),
    reasoning: 0,
  };
  if (one.statedPico === undefined || other.statedPico === undefined) return { model: one.model, tokens };
  return { model: one.model, tokens, statedPico: one.statedPico + other.statedPico };
}

export function sumsOfSession(session: string, at: number, sums: readonly ModelSum[], teller: Teller): readonly Usage[] {
  return sums.map((sum) => ({
    ...toUsage(sum, teller),
    id: `ccusage:session:${session}:${sum.model}`,
    at,
    session,
    sumOf: sessionSum(session),
  }));
}

/** A day on several machines is told apart by who used it. */
export function sumsOfDay(day: string, sums: readonly ModelSum[], teller: Teller): readonly Usage[] {
  // At noon it is that day on most clocks of the world; today's is not over.
  const at = Math.min(Date.parse(`${day}T12:00:00Z`), Math.max(teller.now, Date.parse(`${day}T00:00:00Z`)));
  return sums.map((sum) => {
    const usage = toUsage(sum, teller);
    return { ...usage, id: `ccusage:day:${day}:${teller.actor ?? ""}:${sum.model}`, at, sumOf: daySum(usage.provider, at) };
  });
}

function toUsage({ model, tokens, statedPico }: ModelSum, teller: Teller): Omit<Usage, "id" | "at"> {
  return {
    provider: providerOf(model) ?? "anthropic",
    model,
    service: "claude-code",
    basis: teller.basis,
    tokens,
    ...attributed(teller),
    ...(statedPico !== undefined && { statedPico }),
  };
}
