import type { GitHubAccount } from "./access.ts";

/** A file that a change touches. */
export interface ChangedFile {
  readonly path: string;
  /** Where it was before, when it was moved. */
  readonly previousPath?: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  /** The hunks of a unified diff, as GitHub gives them; absent for binary files and where the file's change is too large. */
  readonly patch?: string;
  readonly additions: number;
  readonly deletions: number;
}

/** A pull request, as one reviews it. */
export interface PullChange {
  readonly repository: string;
  readonly number: number;
  /** Its node id. */
  readonly subjectId: string;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** Undefined for an account that is no more. */
  readonly author: (GitHubAccount & { readonly isBot: boolean }) | undefined;
  readonly labels: readonly string[];
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  /** Its branch lies in another repository. */
  readonly isFork: boolean;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseBranch: string;
}

export interface ChangedFiles {
  readonly files: readonly ChangedFile[];
  /** GitHub lists no more than a few thousand files: some are missing. */
  readonly isCut: boolean;
}

/** What pull requests change. Every call throws ServiceError when GitHub cannot be asked, and UserError when the bot may not. */
export interface Changes {
  /** Undefined where there is none that we may see. */
  pull(repository: string, number: number): Promise<PullChange | undefined>;
  /** What it changes against its base, in GitHub's order. */
  files(repository: string, number: number): Promise<ChangedFiles>;
  /** What differs between two commits; undefined where the first is not an ancestor of the second, as after a forced push. */
  between(repository: string, fromSha: string, toSha: string): Promise<ChangedFiles | undefined>;
  /** A text file as it stands at a branch, tag or commit; undefined where there is none, or it is larger than 64 KiB or no text. */
  file(repository: string, ref: string, path: string): Promise<string | undefined>;
}
