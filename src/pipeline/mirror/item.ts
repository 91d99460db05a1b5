/** When a thing came to be as it is. Surfaces tell in their own units, so only versions of one item compare. */
export interface Version {
  readonly at: number;
  /** Of two that came about in the same tick, the higher one is newer: GitHub counts in seconds. */
  readonly rank: number;
  /** Names the words. */
  readonly words: string;
  /** Names the words that an edit replaced, where they are known. */
  readonly before?: string;
}

/** One thing that somebody said, and what became of it on the other side. */
export interface MirrorItem {
  /** `github:comment:12` or `slack:C1:1700000000.000100`. */
  readonly key: string;
  readonly thread: string;
  /** Who said it: a numeric id on GitHub, a user's id in Slack. Unknown where only its end was heard of. */
  readonly author?: string;
  /** Milliseconds since the epoch. */
  readonly saidAt: number;
  readonly version?: Version;
  /**
   * `copied`: the other side has it. `skipped`: it was not for the other side, and an edit does not change that. `deleted`: it is gone, and so
   * is its copy. `copy_deleted`: somebody took the copy away, and it stays away.
   */
  readonly fate: "copied" | "skipped" | "deleted" | "copy_deleted";
}

/**
 * Whether what arrives is newer than what is known, in whatever order it arrives. Two edits in one second are told apart by what they say
 * that they replaced.
 */
export function isNewer(arriving: Version, known: Version | undefined): boolean {
  if (!known) return true;
  if (arriving.at !== known.at) return arriving.at > known.at;
  if (arriving.rank !== known.rank) return arriving.rank > known.rank;
  if (arriving.words === known.words) return false;
  if (arriving.before !== undefined && arriving.before === known.words) return true;
  return known.before === undefined || known.before !== arriving.words;
}
