/** What makes a review begin without anybody asking. */
export const reviewTriggers = ["opened", "ready", "push", "phase"] as const;
export type ReviewTrigger = (typeof reviewTriggers)[number];

export const reviewChannels = ["gemini", "o3"] as const;
export type ReviewChannel = (typeof reviewChannels)[number];

/** How pull requests of a repository are reviewed; `usualRules` where the settings say nothing. */
export interface ReviewRules {
  readonly repository: string;
  /** Who reviews where nobody names a channel. */
  readonly channel: ReviewChannel;
  readonly on: readonly ReviewTrigger[];
  /** The file of the base branch that says what reviewers heed. */
  readonly guidelines: string;
  readonly mostFindings: number;
  /** Tokens of the diff in one call, and how many calls a review may take: what is beyond is named as not reviewed. */
  readonly tokensPerCall: number;
  readonly mostCalls: number;
  /** What is not reviewed unless somebody asks: drafts, changes by bots, with one of these labels, or smaller than so many changed lines. */
  readonly skip: {
    readonly drafts: boolean;
    readonly bots: boolean;
    readonly labels: readonly string[];
    readonly fewerLinesThan: number;
    /** Globs of files that are never reviewed, whoever asks: what is generated or vendored. */
    readonly paths: readonly string[];
  };
}
