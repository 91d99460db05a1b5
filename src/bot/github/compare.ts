import { z } from "zod";
import type { ChangedFiles } from "../../pipeline/changes.ts";
import { type GitHubClient, inRepository } from "./client.ts";
import { GitHubError, toGitHubError } from "./errors.ts";
import { createToChangedFiles, DiffEntry } from "./to-changed-files.ts";

const Comparison = z.object({ status: z.string(), files: z.array(DiffEntry).default([]) });
type Comparison = z.infer<typeof Comparison>;

/** GitHub lists no more files of a comparison, all on its first page, however few commits are asked for. */
const mostFiles = 300;
const isSha = (text: string): boolean => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);

export interface Compared extends ChangedFiles {
  /** How the second commit stands to the first. */
  readonly status: string;
}

/**
 * What came since two commits parted, up to the second.
 *
 * @returns undefined where GitHub does not know one of them
 * @throws ServiceError when GitHub cannot be asked
 */
export async function compare({ rest }: GitHubClient, repository: string, from: string, to: string): Promise<Compared | undefined> {
  if (!isSha(from) || !isSha(to)) return undefined;
  let found: Comparison;
  try {
    const basehead = `${from}...${to}`;
    found = Comparison.parse((await rest.repos.compareCommitsWithBasehead({ ...inRepository(repository), basehead, per_page: 1 })).data);
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure instanceof GitHubError && failure.status === 404) return undefined;
    throw failure;
  }
  const { status, files } = found;
  return { status, files: createToChangedFiles()(files), isCut: files.length >= mostFiles };
}
