import type { DesignAnswer, DesignInput } from "../design/design.ts";
import type { Json } from "../json.ts";
import type { TriageAnswer, TriageInput } from "../orchestrator/triage.ts";
import type { ReviewAnswer, ReviewInput } from "../reviews/review.ts";

/** What models are asked for. */
export const purposes = ["review", "design", "triage"] as const;
export type Purpose = (typeof purposes)[number];

/** One question to a model, ready to be asked, and what an answer has to look like. */
export interface Prompt<T> {
  readonly purpose: Purpose;
  /** One more whenever the words or the shape change: answers of different versions are not compared, nor one given for the other. */
  readonly version: number;
  /** What we ask, in our own words only. */
  readonly instructions: string;
  /** What it is about: foreign text, marked as data, from which no instruction is to be taken. */
  readonly data: string;
  /** JSON Schema of the answer: an object, each of its fields required, and no others. */
  readonly schema: Json;
  /** Reads an answer; undefined where it has another shape. What it gave, it reads again: so answers are kept. */
  read(answer: unknown): T | undefined;
}

/** The prompts that we have. Foreign text in them is masked by whoever gives it. */
export interface Prompts {
  review(input: ReviewInput): Prompt<ReviewAnswer>;
  design(input: DesignInput): Prompt<DesignAnswer>;
  triage(input: TriageInput): Prompt<TriageAnswer>;
}

/** `review@3` */
export const promptName = ({ purpose, version }: Pick<Prompt<unknown>, "purpose" | "version">): string => `${purpose}@${version}`;
