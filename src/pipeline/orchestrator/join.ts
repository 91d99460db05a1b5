import type { Transaction } from "../records.ts";
import type { StoredDecision } from "./decision.ts";

/** Whoever fails in the same way within this time takes over what was decided. */
const joinsForMs = 30 * 60_000;
const mostLookedAt = 50;
/** History is about the time in which a failure is still the same one. */
const historyForMs = 14 * 24 * 60 * 60_000;

export interface Before {
  /** The decision to take over, where there is one. */
  readonly toJoin?: StoredDecision;
  /** All others about the same failure, newest first. */
  readonly history: readonly StoredDecision[];
}

/**
 * What was decided about the same failure: one that cost something is taken over by whoever comes within half an hour, and for ever on the
 * same commit. What nobody was asked for, as there was no money, is asked anew.
 */
export async function decidedBefore(
  { repository, key, headSha, unit, now }: Pick<StoredDecision, "repository" | "key" | "headSha" | "unit"> & { readonly now: number },
  { decisions }: Pick<Transaction, "decisions">,
): Promise<Before> {
  const found = (await decisions.ofKey(repository, key, now - historyForMs, mostLookedAt)).filter((one) => one.unit !== unit);
  const asked = found.filter((one) => one.stage !== "o3" && one.joins === undefined && one.prompt !== undefined);
  const toJoin = asked.find((one) => one.at > now - joinsForMs || (one.headSha === headSha && one.failure === undefined));
  return { ...(toJoin && { toJoin }), history: found.filter((one) => one.joins === undefined) };
}
