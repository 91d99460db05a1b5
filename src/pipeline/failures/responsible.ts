import type { GitHubAccount } from "../access.ts";

/** Somebody whom a failure concerns, and why. */
export interface Responsible {
  readonly account: GitHubAccount;
  readonly because: "author" | "merger" | "code_owner";
}

/** Whom a failure of a branch concerns. Throws ServiceError when GitHub cannot be asked, and UserError when the bot may not. */
export interface Blame {
  /**
   * Who wrote and who merged the commits after `lastGreen` up to `firstRed`, newest first, each once, without bots; at most ten. Without
   * `lastGreen`: those of `firstRed` alone.
   */
  between(repository: string, lastGreen: string | undefined, firstRed: string): Promise<readonly Responsible[]>;
  /** The people whom CODEOWNERS at the commit names for the whole repository (its last pattern `*`), at most ten; teams are left out. */
  codeOwners(repository: string, sha: string): Promise<readonly Responsible[]>;
}
