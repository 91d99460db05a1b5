import { momentInWords } from "./moment-in-words.ts";

/** While a repository is frozen the bot changes nothing in it; it still answers questions. */
export interface Freeze {
  readonly repository: string;
  readonly by: string;
  /** The wish that it came from: after a crash the same one finds it done. */
  readonly intent: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly reason?: string;
}

export interface Freezes {
  /** GitHub's names ignore case, and so does this. */
  find(repository: string): Promise<Freeze | undefined>;
  put(freeze: Freeze): Promise<void>;
  /** false when it was not frozen. */
  remove(repository: string): Promise<boolean>;
}

export function frozenSentence({ repository, by, since, reason }: Freeze): string {
  const why = reason === undefined ? "" : ` (${reason})`;
  return `${repository} is frozen since ${momentInWords(since)} by ${by}${why}: I only answer questions about it. An admin can end that with unfreeze.`;
}
