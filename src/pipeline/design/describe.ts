import { type Action, type Fact, facts, type Part, type Reply, text } from "../../reply.ts";
import type { Asked, AskResult } from "../ai/ask.ts";
import type { Estimate } from "../ai/estimate.ts";
import { stoodInBecause } from "../ai/failure-in-words.ts";
import { replyToFailure, replyToRefusal } from "../ai/reply-to-failure.ts";
import { mask } from "../logs/mask.ts";
import { momentInWords } from "../moment-in-words.ts";
import { type PicoUsd, showUsd } from "../usage/money.ts";
import type { DesignAnswer } from "./design.ts";
import type { Expected } from "./expected.ts";

type Answered = Extract<AskResult<DesignAnswer>, { kind: "answered" }>;
type WasAsked = Extract<Asked<DesignAnswer>, { kind: "asked" }>;

/** While a model thinks: who is asked, and what it takes at most. */
export function underWay({ estimate, keptAt }: Expected, { showsMoney }: { readonly showsMoney: boolean }): Reply {
  const { first, tokensIn } = estimate;
  const who = `${first.provider.name} (${first.model})`;
  const sentence =
    keptAt === undefined
      ? `Asking ${who} for approaches: about ${tokensIn.toLocaleString("en-US")} tokens${showsMoney ? `, ${mostInWords(estimate)}` : ""}. The answer comes here, within minutes.`
      : `This was asked before: the answer of ${momentInWords(keptAt)} comes here in a moment.`;
  return { outcome: "queued", reason: "asking", audience: "thread", parts: [text(sentence, "busy")] };
}

/** `at most $0.42` */
export const mostInWords = ({ mostPico }: Estimate): string =>
  mostPico === null ? "paid by a subscription" : `at most ${showUsd(mostPico)}`;

interface Told {
  readonly showsMoney: boolean;
  /** The command that asks once more, as it is offered. */
  readonly again?: string;
  readonly secrets: readonly string[];
}

/** What came of asking, for people: the answer, or why there is none. */
export function describeDesign(asked: Asked<DesignAnswer>, told: Told): Reply {
  if (asked.kind === "refused") return replyToRefusal(asked, told);
  const [result] = asked.results;
  if (!result) throw new Error("A design was asked for, and no result came of it.");
  const known = circumstances(asked, result, told);
  if (result.kind === "failed") return replyToFailure(result, ...(known.length === 0 ? [] : [facts(...known)]));
  const isKept = result.keptAt !== undefined;
  const reply: Reply = {
    outcome: "done",
    reason: isKept ? "answered_before" : "answered",
    audience: "thread",
    parts: [...answerParts(masked(result.value, told.secrets), result), facts(...known)],
  };
  return told.again === undefined ? reply : { ...reply, actions: [askAgain(told.again)] };
}

const askAgain = (command: string): Action => ({ label: "Ask anew", command });

function answerParts({ recommendation, approaches, openQuestions }: DesignAnswer, { name, model }: Answered): readonly Part[] {
  return [
    text(`${name} (${model}) recommends`, "good"),
    text(recommendation),
    {
      kind: "table",
      columns: ["Approach", "How", "Risks"],
      rows: approaches.map(({ name: approach, how, risks }) => ({
        cells: [approach, inOneLine(how), `Risks: ${inOneLine(risks) || "none named"}`],
      })),
    },
    ...(openQuestions.length === 0 ? [] : questionParts(openQuestions)),
    text("A model wrote this: it may be wrong, and has seen no more of the project than it was given."),
  ];
}

/** The head of a table is not seen everywhere. */
const questionParts = (questions: readonly string[]): readonly Part[] => [
  text("To be sure one would have to know:"),
  { kind: "table", columns: ["Open question"], rows: questions.map((one) => ({ cells: [one] })) },
];

/** A cell of a table has one. */
const inOneLine = (words: string): string => words.replaceAll(/\s*\n\s*/g, " ");

function circumstances({ passedOver, costPico, isCostUncertain }: WasAsked, result: AskResult<DesignAnswer>, { showsMoney }: Told): Fact[] {
  const stoodIn = passedOver.map(({ provider: { name }, model, failure }) => stoodInBecause({ failure, name, model }));
  const { name, model } = result;
  const keptAt = result.kind === "answered" ? result.keptAt : undefined;
  return [
    ...(result.kind === "answered" ? [{ label: "Answered by", value: `${model} through ${name}` }] : []),
    ...(stoodIn.length === 0 ? [] : [{ label: "Stood in, as", value: stoodIn.join("; ") }]),
    ...(keptAt === undefined ? [] : [{ label: "Answered before", value: `on ${momentInWords(keptAt)}; --force asks again` }]),
    ...(showsMoney && keptAt === undefined ? [{ label: "Cost", value: costInWords(costPico, isCostUncertain) }] : []),
  ];
}

const costInWords = (costPico: PicoUsd, isUncertain: boolean): string =>
  isUncertain ? `${showUsd(costPico)}, and what else it took is not known: at most what was reserved counts` : showUsd(costPico);

/** A model may repeat what it should never have seen. */
function masked({ recommendation, approaches, openQuestions }: DesignAnswer, secrets: readonly string[]): DesignAnswer {
  const hide = (words: string) => mask(words, secrets);
  return {
    recommendation: hide(recommendation),
    approaches: approaches.map(({ name, how, risks }) => ({ name: hide(name), how: hide(how), risks: hide(risks) })),
    openQuestions: openQuestions.map(hide),
  };
}
