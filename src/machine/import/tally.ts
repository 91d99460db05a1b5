import type { Taken } from "../../pipeline/usage/import/destination.ts";
import type { Appended } from "../../pipeline/usage/ledger.ts";
import type { PicoUsd } from "../../pipeline/usage/money.ts";
import { allTokens, type Basis, type Usage } from "../../pipeline/usage/usage.ts";

/** What an import came to. */
export interface Tally {
  /** What is counted, as people call it. */
  readonly unit: "request" | "sum" | "record";
  files: number;
  /** New ones, and those that have changed since they were read last. */
  filesRead: number;
  /** What became of the requests; `copies` are those that the files tell more than once. */
  readonly requests: Record<Appended | "refused" | "copies", number>;
  brokenLines: number;
  tooLongLines: number;
  /** Sessions whose usage was not captured, as the file itself says. */
  lostSessions: number;
  /** `file:line: why` of the first line that could not be read. */
  firstBroken?: string;
  /** What the bot said of the first request that it would not take. */
  firstRefusal?: string;
  /** Files and folders, each with the reason. */
  readonly unreadable: string[];
  /** Of what is new in the ledger. undefined where the bot puts on the prices. */
  readonly costPico: Record<Basis, PicoUsd>;
  readonly unpriced: Map<string, { requests: number; tokens: number }>;
  isPriced: boolean;
}

export const emptyTally = (unit: Tally["unit"]): Tally => ({
  unit,
  files: 0,
  filesRead: 0,
  requests: { recorded: 0, amended: 0, known: 0, covered: 0, refused: 0, copies: 0 },
  brokenLines: 0,
  tooLongLines: 0,
  lostSessions: 0,
  unreadable: [],
  costPico: { metered: 0n, subscription: 0n, free: 0n },
  unpriced: new Map(),
  isPriced: true,
});

/** Adds what became of some requests. */
export function count(tally: Tally, usages: readonly Usage[], taken: readonly Taken[]): void {
  for (const [at, usage] of usages.entries()) {
    const { outcome, costPico, why } = taken[at] ?? { outcome: "known", costPico: null };
    tally.requests[outcome] += 1;
    if (why !== undefined) tally.firstRefusal ??= why;
    if (costPico === null) tally.isPriced = false;
    else if (outcome === "recorded" && costPico !== undefined) tally.costPico[usage.basis] += costPico;
    else if (costPico === undefined && (outcome === "recorded" || outcome === "amended")) countUnpriced(tally, usage);
  }
}

function countUnpriced({ unpriced }: Tally, { model, tokens }: Usage): void {
  const before = unpriced.get(model) ?? { requests: 0, tokens: 0 };
  unpriced.set(model, { requests: before.requests + 1, tokens: before.tokens + allTokens(tokens) });
}
