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

/** In one sentence, with the moment in UTC. */
export function frozenSentence(freeze: Freeze): string {
  return `${freeze.repository} is frozen since ${momentInWords(freeze.since)} ${byWhom(freeze)}`;
}

/** The rest of the sentence that says so. */
export function byWhom({ by, reason }: Freeze): string {
  const why = reason === undefined ? "" : ` (${reason})`;
  return `by ${by}${why}: I only answer questions about it. An admin can end that with unfreeze.`;
}
