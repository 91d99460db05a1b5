import { z } from "zod";
import { failures } from "../../pipeline/ai/provider.ts";
import { triageActions } from "../../pipeline/orchestrator/triage.ts";
import { severities } from "../../pipeline/reviews/review.ts";

const asked = {
  /** The case's name, and the how manieth time it was asked, from 1 on. */
  case: z.string(),
  turn: z.int(),
  service: z.string(),
  /** The one that answered, by its own word; the one that was asked where none did. */
  model: z.string(),
  prompt: z.string(),
  ms: z.number(),
  tokensIn: z.int(),
  tokensOut: z.int(),
  /** Whole pico-dollars as text; null where nothing is known of them. */
  costPico: z.string().regex(/^\d+$/).nullable(),
  /** Why there is no answer; null where there is one. */
  failure: z.enum(failures).nullable(),
};

export const TriageOutcome = z.strictObject({
  ...asked,
  set: z.literal("triage"),
  answer: z
    .strictObject({
      action: z.enum(triageActions),
      workflow: z.string().nullable(),
      confidence: z.number(),
      evidence: z.array(z.string()),
    })
    .nullable(),
});
export type TriageOutcome = z.infer<typeof TriageOutcome>;

export const SaidPlace = z.strictObject({
  path: z.string(),
  line: z.number(),
  endLine: z.number().nullable(),
  severity: z.enum(severities),
  title: z.string(),
});
export type SaidPlace = z.infer<typeof SaidPlace>;

export const ReviewOutcome = z.strictObject({ ...asked, set: z.literal("review"), answer: z.array(SaidPlace).nullable() });
export type ReviewOutcome = z.infer<typeof ReviewOutcome>;

/** What became of one question. */
export const Outcome = z.discriminatedUnion("set", [TriageOutcome, ReviewOutcome]);
export type Outcome = z.infer<typeof Outcome>;
