import { readFileSync } from "node:fs";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { Outcome } from "./outcome.ts";
import type { EvalSet } from "./read-set.ts";
import { SpentFigures, scoreMoney } from "./score-money.ts";
import { isRightReview, ReviewFigures, scoreReviews } from "./score-reviews.ts";
import { isRightAction, scoreTriage, TriageFigures } from "./score-triage.ts";

const group = { service: z.string(), model: z.string(), prompt: z.string(), spent: SpentFigures };

/** Figures of one model with one version of a prompt. */
const Group = z.discriminatedUnion("set", [
  z.strictObject({ set: z.literal("triage"), ...group, figures: TriageFigures }),
  z.strictObject({ set: z.literal("review"), ...group, figures: ReviewFigures }),
]);
export type Group = z.infer<typeof Group>;

const Judged = Outcome.and(z.object({ isRight: z.boolean() }));

export const Scorecard = z.strictObject({
  version: z.literal(1),
  /** When it began. */
  at: z.iso.datetime(),
  setDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Cases that were meant to be asked and were not, and why it stopped before them. */
  notAsked: z.array(z.string()),
  stoppedBy: z.string().nullable(),
  groups: z.array(Group),
  outcomes: z.array(Judged),
});
export type Scorecard = z.infer<typeof Scorecard>;

export interface Ran {
  readonly outcomes: readonly Outcome[];
  readonly notAsked: readonly string[];
  readonly stoppedBy: string | null;
}

/** @param at when it began, in milliseconds since the epoch */
export function toScorecard({ outcomes, notAsked, stoppedBy }: Ran, set: EvalSet, at: number): Scorecard {
  const grouped = Map.groupBy(outcomes, ({ set, service, model, prompt }) => JSON.stringify([set, service, model, prompt]));
  return {
    version: 1,
    at: new Date(at).toISOString(),
    setDigest: set.digest,
    notAsked: [...notAsked],
    stoppedBy,
    groups: [...grouped.values()].flatMap(([first, ...rest]) => (first ? [toGroup(first, [first, ...rest], set)] : [])),
    outcomes: outcomes.map((outcome) => ({ ...outcome, isRight: isRight(outcome, set) })),
  };
}

function toGroup({ set, service, model, prompt }: Outcome, outcomes: readonly Outcome[], { failures, diffs }: EvalSet): Group {
  const shared = { service, model, prompt, spent: scoreMoney(outcomes) };
  return set === "triage"
    ? {
        set,
        ...shared,
        figures: scoreTriage(
          failures,
          outcomes.flatMap((each) => (each.set === "triage" ? [each] : [])),
        ),
      }
    : {
        set,
        ...shared,
        figures: scoreReviews(
          diffs,
          outcomes.flatMap((each) => (each.set === "review" ? [each] : [])),
        ),
      };
}

function isRight(outcome: Outcome, { failures, diffs }: EvalSet): boolean {
  if (outcome.set === "review") {
    const one = diffs.find(({ id }) => id === outcome.case);
    return one !== undefined && isRightReview(one, outcome);
  }
  const one = failures.find(({ id }) => id === outcome.case);
  return one !== undefined && outcome.answer !== null && isRightAction(one, outcome.answer);
}

/** Reads a scorecard. Throws UserError where the file is none. */
export function readScorecard(path: string): Scorecard {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw problem(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = Scorecard.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw problem(`${path} is no scorecard of this version: ${issue?.path.join(".")}: ${issue?.message}.`);
}

export const writeScorecard = (card: Scorecard): string => `${JSON.stringify(card, undefined, 2)}\n`;

const problem = (sentence: string): UserError => new UserError("invalid", "bad_scorecard", sentence);
