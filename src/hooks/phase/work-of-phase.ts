import { askGit } from "../../machine/ask-git.ts";
import type { PhaseHere } from "../../pipeline/sessions/phase-log.ts";
import type { Context } from "../context.ts";
import { firstNamed } from "../place/changed-files.ts";

const timeoutMs = 2_000;

/** What was committed in a phase. */
export interface WorkOfPhase {
  /** `base..head`, or words where nobody knows when the phase began. */
  readonly range: string;
  /** Absent where git could not say, as is what follows. */
  readonly commits?: number;
  readonly files?: readonly string[];
}

/** The commits since the phase was entered, or all of them where nobody has said when that was. */
export async function workOfPhase({ entered }: PhaseHere, { place, head }: Pick<Context, "place" | "head">): Promise<WorkOfPhase> {
  const sha = head()?.sha;
  if (sha === undefined) return { range: "none yet" };
  const git = async (...args: readonly string[]) => (await askGit(place.project, args, { timeoutMs }))?.trim();
  const before = entered && (await git("rev-list", "-1", `--before=${new Date(entered.at).toISOString()}`, sha));
  const span = before ? `${before}..${sha}` : sha;
  const [commits, listed] = await Promise.all([
    git("rev-list", "--count", span),
    before ? git("diff", "--name-only", "-z", "--no-ext-diff", span) : git("ls-tree", "-r", "-z", "--name-only", sha),
  ]);
  return {
    range: before ? span : `all up to ${sha}, as nobody recorded when the phase began`,
    ...(commits !== undefined && { commits: Number(commits) }),
    ...(listed !== undefined && { files: firstNamed(listed.split("\0")) }),
  };
}
