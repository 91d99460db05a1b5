import { UserError } from "../../errors.ts";
import { type Channel, type ChannelName, type Channels, modelsAt } from "../../pipeline/ai/channel.ts";
import { type Candidate, candidatesOf, mostOf } from "../../pipeline/ai/estimate.ts";
import { type Prompt, type Prompts, promptName } from "../../pipeline/ai/prompt.ts";
import type { TriageAnswer } from "../../pipeline/orchestrator/triage.ts";
import type { ReviewAnswer } from "../../pipeline/reviews/review.ts";
import { type PicoUsd, sumOf } from "../../pipeline/usage/money.ts";
import type { PriceBook } from "../../pipeline/usage/price-book.ts";
import type { EvalSet } from "./read-set.ts";
import { toReviewInput, toTriageInput } from "./to-input.ts";

export const setNames = ["triage", "review", "all"] as const;
export type SetName = (typeof setNames)[number];

export interface Wanted {
  readonly set: SetName;
  /** Whom to ask; else each set's usual one. */
  readonly channel?: ChannelName;
  /** So many cases of each set. */
  readonly limit?: number;
  readonly repeat: number;
}

interface Question {
  readonly case: string;
  readonly turn: number;
  readonly channel: Channel;
  readonly candidate: Candidate;
  /** What it costs at most; undefined where nobody pays by the request. */
  readonly mostPico: PicoUsd | undefined;
}

export type Planned =
  | (Question & { readonly set: "triage"; readonly prompt: Prompt<TriageAnswer> })
  | (Question & { readonly set: "review"; readonly prompt: Prompt<ReviewAnswer> });

export interface Plan {
  readonly questions: readonly Planned[];
  readonly mostPico: PicoUsd;
  /** `claude-sonnet-4-5 (Claude Code), triage@2`, each once. */
  readonly asks: readonly string[];
}

/** Who looks into failures and who reviews where nothing else is said. */
const usual = { triage: "claude", review: "gemini" } as const;

const needed: Readonly<Record<ChannelName, string>> = {
  o3: "Set OPENAI_API_KEY.",
  gemini: "Set GEMINI_API_KEY.",
  claude: "Set ANTHROPIC_API_KEY, or channels.claude.login of `ai` in the settings, with Claude Code installed.",
};

interface Ports {
  readonly channels: Channels;
  readonly prompts: Pick<Prompts, "triage" | "review">;
  readonly book: PriceBook;
}

/**
 * What will be asked, of whom, and what it costs at most. Only the first model of a channel is asked: another one that stands in would
 * have its figures mixed with these.
 *
 * @throws UserError where nobody can be asked, with what to set
 */
export async function planOf({ failures, diffs }: EvalSet, wanted: Wanted, { channels, prompts, book }: Ports, at: number): Promise<Plan> {
  const questions: Planned[] = [];
  const turns = Array.from({ length: wanted.repeat }, (_, index) => index + 1);
  if (wanted.set !== "review") {
    const who = whoOf(wanted.channel ?? usual.triage, channels, book, at);
    for (const one of failures.slice(0, wanted.limit)) {
      const prompt = prompts.triage(await toTriageInput(one));
      const mostPico = mostOf(prompt, who.candidate, who.channel, book, at);
      questions.push(...turns.map((turn) => ({ set: "triage", case: one.id, turn, ...who, mostPico, prompt }) as const));
    }
  }
  if (wanted.set !== "triage") {
    const who = whoOf(wanted.channel ?? usual.review, channels, book, at);
    for (const one of diffs.slice(0, wanted.limit)) {
      const prompt = prompts.review(toReviewInput(one));
      const mostPico = mostOf(prompt, who.candidate, who.channel, book, at);
      questions.push(...turns.map((turn) => ({ set: "review", case: one.id, turn, ...who, mostPico, prompt }) as const));
    }
  }
  return {
    questions,
    mostPico: sumOf(questions.map(({ mostPico }) => mostPico ?? 0n)),
    asks: [...new Set(questions.map(({ candidate, prompt }) => `${candidate.model} (${candidate.provider.name}), ${promptName(prompt)}`))],
  };
}

function whoOf(name: ChannelName, channels: Channels, book: PriceBook, at: number): Pick<Question, "channel" | "candidate"> {
  const channel = channels.of(name);
  if (!channel) throw nobody(`Nobody can be asked as ${name}. ${needed[name]} Without it, --list and --compare with two files work.`);
  const [candidate] = candidatesOf(channel, book, at);
  if (candidate) return { channel, candidate };
  const models = modelsAt(channel, at).map(({ id }) => id);
  throw nobody(
    models.length === 0
      ? `All models of ${name} are retired: name another one in the settings.`
      : `No model of ${name} has a price (${models.join(", ")}): what is paid for by the request needs one, to keep to --max-usd.`,
  );
}

const nobody = (sentence: string): UserError => new UserError("not_applicable", "no_channel", sentence);
