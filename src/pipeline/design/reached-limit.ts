import type { StoredAsk } from "../ai/asks.ts";
import { periodOf } from "../budgets/period.ts";
import { momentInWords } from "../moment-in-words.ts";
import type { Transaction } from "../records.ts";
import type { DesignLimits } from "./limits.ts";

const hourMs = 60 * 60_000;
/** More asks than any limit allows: what only looks at the newest ones would let others slip by. */
const looksAt = 10_000;

/** Why no design may be asked for now. */
export interface ReachedLimit {
  readonly reason: "design_cooldown" | "design_hourly" | "design_daily";
  readonly message: string;
  /** When the next one may be asked for, in milliseconds since the epoch. */
  readonly retryAt: number;
}

/**
 * Looks whether another design may be asked for. The limits hold for all that this bot asks, whoever wants it: a day is one of the zone's, an
 * hour the last 60 minutes. Two who look at once are told apart by the lane that they go through.
 *
 * @param own the ask that is about to begin, which does not count against itself
 * @returns what holds up longest, or undefined where nothing does
 */
export async function reachedLimit(
  { asks }: Pick<Transaction, "asks">,
  own: string,
  { designLimits, money: { zone }, now }: { designLimits: DesignLimits; money: { zone: string }; now: () => number },
): Promise<ReachedLimit | undefined> {
  const at = now();
  const day = periodOf("day", at, zone);
  const { perDay, perHour, cooldownMs } = designLimits;
  const since = Math.min(day.start, at - hourMs, at - cooldownMs);
  const moments = (await asks.list({ purpose: "design", since }, looksAt))
    .filter((ask) => ask.id !== own && wasAsked(ask))
    .map((ask) => ask.at);

  const reached: ReachedLimit[] = [];
  const reach = (reason: ReachedLimit["reason"], why: string, retryAt: number) =>
    reached.push({
      reason,
      retryAt,
      message: `${why}, so nothing was asked. It may be asked again at ${momentInWords(toMinute(retryAt))}. The limit holds for everybody here; what was answered before can always be asked again.`,
    });
  const [newest] = moments;
  if (newest !== undefined && at < newest + cooldownMs)
    reach(
      "design_cooldown",
      `Design help was asked for a moment ago, and ${minutes(cooldownMs)} lie between two designs`,
      newest + cooldownMs,
    );
  const oldestThatCounts = moments.filter((one) => one > at - hourMs)[perHour - 1];
  if (oldestThatCounts !== undefined)
    reach("design_hourly", `Within an hour design help is asked for ${times(perHour)}`, oldestThatCounts + hourMs);
  if (moments.filter((one) => one >= day.start).length >= perDay)
    reach("design_daily", `On one day design help is asked for ${times(perDay)}`, day.end);
  return reached.toSorted((one, other) => other.retryAt - one.retryAt)[0];
}

/** Whether a model was asked, or is being asked. What was answered from before, refused, or failed for nothing, takes nothing from anybody. */
function wasAsked({ end }: StoredAsk): boolean {
  if (!end) return true;
  if (end.outcome === "refused" || end.isCached) return false;
  return end.outcome !== "failed" || (end.costPico ?? 0n) > 0n || end.failure === "timeout";
}

/** A moment as people are told it is never too early. */
const toMinute = (at: number): number => Math.ceil(at / 60_000) * 60_000;

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
const minutes = (ms: number): string => (ms === 60_000 ? "1 minute" : `${Math.round(ms / 60_000)} minutes`);
