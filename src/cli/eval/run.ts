import { UserError } from "../../errors.ts";
import type { Channels } from "../../pipeline/ai/channel.ts";
import type { Prompts } from "../../pipeline/ai/prompt.ts";
import { type PicoUsd, showUsd } from "../../pipeline/usage/money.ts";
import type { PriceBook } from "../../pipeline/usage/price-book.ts";
import { askAll } from "./ask-all.ts";
import { planOf, type Wanted } from "./plan.ts";
import type { EvalSet } from "./read-set.ts";
import { type Scorecard, toScorecard } from "./scorecard.ts";

export interface EvalPorts {
  readonly channels: Channels;
  readonly prompts: Pick<Prompts, "triage" | "review">;
  readonly book: PriceBook;
  readonly now: () => number;
  /** A sentence for who waits. */
  readonly tell: (sentence: string) => void;
  readonly onAsked: (done: number, of: number) => void;
  readonly stop: AbortSignal;
}

/**
 * Asks the set and scores the answers.
 *
 * @param maxPico what it may cost: where the estimate is above it, nothing is asked
 * @throws UserError where nobody can be asked, or it may cost too much
 */
export async function runEval(set: EvalSet, wanted: Wanted, maxPico: PicoUsd, ports: EvalPorts): Promise<Scorecard> {
  const begun = ports.now();
  const { questions, mostPico, asks } = await planOf(set, wanted, ports, begun);
  ports.tell(`${questions.length} questions to ${asks.join(" and ")}: at most ${showUsd(mostPico)}.`);
  if (mostPico > maxPico) {
    const sentence = `That may cost ${showUsd(mostPico)}, more than the ${showUsd(maxPico)} of --max-usd. Raise it, or ask fewer with --limit or --set.`;
    throw new UserError("refused", "over_limit", sentence);
  }
  return toScorecard(await askAll(questions, { ...ports, maxPico }), set, begun);
}
