/** Why a file, or a part of it, is not reviewed. */
export const leftWhys = [
  "removed",
  "nothing_added",
  "binary",
  "generated",
  "vendored",
  /** By a glob of the settings. */
  "excluded",
  /** GitHub gives no diff of it. */
  "too_large",
  /** Its diff is none that we understand. */
  "unreadable",
  /** The asker named other files. */
  "not_chosen",
  "over_budget",
  /** The model that had to look at it gave no answer. */
  "not_answered",
] as const;
export type LeftWhy = (typeof leftWhys)[number];

export interface LeftOut {
  readonly path: string;
  readonly why: LeftWhy;
  /** The rest of it was looked at. */
  readonly isPart?: true;
}

/** Nobody misses a review of these. */
const expected: readonly LeftWhy[] = ["removed", "nothing_added", "not_chosen"];

export const isMissed = ({ why }: LeftOut): boolean => !expected.includes(why);

export const leftInWords: Readonly<Record<LeftWhy, string>> = {
  removed: "it is removed",
  nothing_added: "nothing in it changed but its name or mode",
  binary: "it is no text",
  generated: "a tool makes it",
  vendored: "it is taken over from elsewhere",
  excluded: "the settings leave it out",
  too_large: "GitHub gives no diff of it, as it is too large",
  unreadable: "its diff cannot be read",
  not_chosen: "other files were asked for",
  over_budget: "the change is larger than one review takes",
  not_answered: "the model gave no answer",
};
