import type { ChangedFile, PullChange } from "../changes.ts";
import { whyLeftOut } from "./plan-review.ts";
import type { ReviewRules } from "./rules.ts";

export const skipWhys = ["closed", "fork", "draft", "bot", "label", "nothing_to_review", "too_small"] as const;
export type SkipWhy = (typeof skipWhys)[number];

export interface Skip {
  readonly why: SkipWhy;
  /** Why, in a sentence. */
  readonly words: string;
  /** A review that somebody asks for is carried out all the same. */
  readonly canForce: boolean;
}

export interface Asked {
  readonly pull: Pick<PullChange, "state" | "isFork" | "isDraft" | "author" | "labels">;
  readonly files: readonly ChangedFile[];
  readonly rules: Pick<ReviewRules, "skip">;
  /** Who may write to the repository has asked for it: then only what cannot be reviewed is skipped. */
  readonly isMembersWord: boolean;
}

/** Why a pull request is not reviewed; undefined where it is. */
export function skipOf({ pull, files, rules, isMembersWord }: Asked): Skip | undefined {
  const { skip } = rules;
  if (pull.state !== "open") return { why: "closed", words: `The pull request is ${pull.state}.`, canForce: false };
  if (!isMembersWord) {
    const own = skipUnasked(pull, skip);
    if (own) return own;
  }
  const reviewed = files.filter((file) => whyLeftOut(file, { skip }) === undefined);
  if (reviewed.length === 0) return { why: "nothing_to_review", words: "No file of the change is one that is reviewed.", canForce: false };
  const changed = reviewed.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  if (isMembersWord || changed >= skip.fewerLinesThan) return undefined;
  const words = `${changed === 1 ? "1 line is" : `${changed} lines are`} changed: changes under ${skip.fewerLinesThan} are not reviewed by themselves.`;
  return { why: "too_small", words, canForce: true };
}

function skipUnasked(pull: Asked["pull"], skip: ReviewRules["skip"]): Skip | undefined {
  const may = (why: SkipWhy, words: string): Skip => ({ why, words, canForce: true });
  if (pull.isFork) return may("fork", "Changes from forks are reviewed when somebody who may write to this repository asks for it.");
  if (skip.drafts && pull.isDraft) return may("draft", "Drafts are not reviewed by themselves; when it is ready, it is.");
  if (skip.bots && pull.author?.isBot) return may("bot", "Changes by bots are not reviewed by themselves.");
  const names = new Set(skip.labels.map((label) => label.toLowerCase()));
  const label = pull.labels.find((each) => names.has(each.toLowerCase()));
  return label === undefined ? undefined : may("label", `Changes with the label ${label} are not reviewed by themselves.`);
}
