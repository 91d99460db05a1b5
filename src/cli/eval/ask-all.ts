import { failureInWords } from "../../pipeline/ai/failure-in-words.ts";
import { promptName } from "../../pipeline/ai/prompt.ts";
import type { Failure, ProviderAnswer, Spent } from "../../pipeline/ai/provider.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { TriageAnswer } from "../../pipeline/orchestrator/triage.ts";
import type { ReviewAnswer } from "../../pipeline/reviews/review.ts";
import { type PicoUsd, showUsd } from "../../pipeline/usage/money.ts";
import { costOf, modelNamed, type PriceBook, priceAt } from "../../pipeline/usage/price-book.ts";
import { tokensIn } from "../../pipeline/usage/usage.ts";
import type { Outcome } from "./outcome.ts";
import type { Planned } from "./plan.ts";
import type { Ran } from "./scorecard.ts";

interface Limits {
  readonly maxPico: PicoUsd;
  /** Ends it between two questions, and the one under way: what was answered is kept. */
  readonly stop: AbortSignal;
  readonly book: PriceBook;
  readonly now: () => number;
  readonly onAsked: (done: number, of: number) => void;
}

/** After these every further question fails alike. */
const isFinal: ReadonlySet<Failure> = new Set(["unauthorised", "unusable", "retired", "quota"]);
/** Nothing was worked on, so that nothing is charged. */
const isUncharged: ReadonlySet<Failure> = new Set([...isFinal, "rate_limited", "too_large", "not_taken"]);

const longestKept = 300;

/** Asks one after the other, and never begins what could end beyond the limit. */
export async function askAll(questions: readonly Planned[], { maxPico, stop, book, now, onAsked }: Limits): Promise<Ran> {
  const outcomes: Outcome[] = [];
  let spent: PicoUsd = 0n;
  const end = (stoppedBy: string | null): Ran => ({
    outcomes,
    notAsked: [...new Set(questions.slice(outcomes.length).map(({ case: id }) => id))],
    stoppedBy,
  });

  for (const question of questions) {
    const most = question.mostPico ?? 0n;
    if (stop.aborted) return end("You stopped it.");
    if (spent + most > maxPico) return end(`${showUsd(spent)} may be spent by now: the next question could go beyond ${showUsd(maxPico)}.`);
    const begun = now();
    const answer = await ask(question, stop);
    const at = now();
    // What was cut off by the person is no failure of the model.
    if (stop.aborted && answer.kind === "failed") return end("You stopped it.");
    const costPico = costIn(answer.spent, book, at);
    const isUnknown = answer.spent.length === 0 && !(answer.kind === "failed" && isUncharged.has(answer.failure));
    spent += costPico ?? (isUnknown ? most : 0n);
    outcomes.push(toOutcome(question, answer, at - begun, costPico ?? (isUnknown ? null : 0n)));
    onAsked(outcomes.length, questions.length);
    if (answer.kind === "failed" && isFinal.has(answer.failure))
      return end(
        `${failureInWords({ ...answer, name: question.candidate.provider.name, model: question.candidate.model })} (${answer.detail})`,
      );
  }
  return end(null);
}

function ask({ prompt, candidate, channel, mostPico }: Planned, stop: AbortSignal): Promise<ProviderAnswer<TriageAnswer | ReviewAnswer>> {
  return candidate.provider.ask<TriageAnswer | ReviewAnswer>({
    prompt,
    model: candidate.model,
    mostOut: channel.mostOut,
    signal: AbortSignal.any([stop, AbortSignal.timeout(channel.deadlineMs)]),
    ...(channel.effort && { effort: channel.effort }),
    ...(mostPico !== undefined && { mostPico }),
  });
}

/** By the price book, else as the service says; undefined where neither knows it of all requests. */
function costIn(spent: readonly Spent[], book: PriceBook, at: number): PicoUsd | undefined {
  if (spent.length === 0) return undefined;
  let sum = 0n;
  for (const { model: name, tokens, statedPico } of spent) {
    const model = modelNamed(book, name);
    const price = model && priceAt(model, at);
    const cost = price ? costOf(tokens, price) : statedPico;
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}

function toOutcome(question: Planned, answer: ProviderAnswer<TriageAnswer | ReviewAnswer>, ms: number, costPico: PicoUsd | null): Outcome {
  const { case: id, turn, prompt, candidate, set } = question;
  const asked = {
    case: id,
    turn,
    service: candidate.provider.service,
    model: answer.kind === "answered" ? answer.model : (answer.spent.at(-1)?.model ?? candidate.model),
    prompt: promptName(prompt),
    ms,
    tokensIn: answer.spent.reduce((sum, { tokens }) => sum + tokensIn(tokens), 0),
    tokensOut: answer.spent.reduce((sum, { tokens }) => sum + tokens.out, 0),
    costPico: costPico?.toString() ?? null,
    failure: answer.kind === "failed" ? answer.failure : null,
  };
  const value = answer.kind === "answered" ? answer.value : undefined;
  if (set === "review") return { ...asked, set, answer: value && "findings" in value ? value.findings.map(toPlace) : null };
  return { ...asked, set, answer: value && "action" in value ? toDecision(value) : null };
}

/** What a model says ends up in a file and on a terminal. */
const kept = (text: string): string => mask(text.slice(0, longestKept), []);

const toPlace = ({ path, line, endLine, severity, title }: ReviewAnswer["findings"][number]) => ({
  path: kept(path),
  line,
  endLine,
  severity,
  title: kept(title),
});

const toDecision = ({ action, workflow, confidence, evidence }: TriageAnswer) => ({
  action,
  workflow: workflow === null ? null : kept(workflow),
  confidence,
  evidence: evidence.map(kept),
});
