import { clipped } from "../logs/clipped.ts";
import { type ReadLine, shown } from "../logs/shown.ts";
import type { KnownMatch } from "./known-issue.ts";
import type { FitsLine, ListedIssue } from "./known-issues.ts";

/** What to look for in the log of a job. */
export interface LookFor {
  readonly issues: readonly ListedIssue[];
  /** The job's name. */
  readonly job: string;
  /** The phase that its repository is in; absent where it has none. */
  readonly phase?: string | undefined;
}

/** So much of a line is looked at: an error is told near its start. */
const looksAt = 2_000;
const longestShown = 300;

interface Sought {
  readonly issue: ListedIssue;
  line: string | undefined;
  /** Contexts that no line has fitted yet. */
  open: readonly FitsLine[];
}

/**
 * Looks for known issues in a log, line by line, in memory that does not grow with it. A line fits only when it does so both as it was
 * written and masked: the first is cheap and rules nearly every line out, the second keeps patterns from feeling for a secret.
 */
export class IssueSearch {
  readonly #forms: readonly string[];
  #sought: readonly Sought[];

  /** @param forms the secrets' printed forms */
  constructor({ issues, job, phase }: LookFor, forms: readonly string[]) {
    this.#forms = forms;
    this.#sought = issues
      .filter((issue) => isOfJob(issue, job) && (issue.phase === undefined || phase === undefined || issue.phase === phase))
      .map((issue) => ({ issue, line: undefined, open: issue.contexts }));
  }

  /** Takes the next line. What the runner says about a step is a circumstance, and no error. */
  read(line: ReadLine & { readonly isSetup: boolean }): void {
    if (line.isInKey || line.text === "" || this.#sought.length === 0) return;
    const start = line.text.slice(0, looksAt);
    let safe: string | undefined;
    const masked = () => {
      safe ??= shown(line, this.#forms);
      return safe;
    };
    const isFit = (fits: FitsLine) => fits(start) && fits(masked().slice(0, looksAt));
    for (const [at, one] of this.#sought.entries()) {
      // A slice keeps the whole piece of the log alive that it was cut from.
      if (one.line === undefined && !line.isSetup && isFit(one.issue.isError))
        one.line = Buffer.from(clipped(masked().trim(), longestShown)).toString();
      if (one.open.length > 0) one.open = one.open.filter((fits) => !isFit(fits));
      if (!isComplete(one)) continue;
      // The first of the file counts, so those behind it no longer matter.
      this.#sought = this.#sought.slice(0, at + 1);
      break;
    }
  }

  /** The first issue of the file that fits the log as far as it was read. */
  found(): KnownMatch | undefined {
    const one = this.#sought.find(isComplete);
    if (one?.line === undefined) return undefined;
    const { id, category, description, autoFix, references } = one.issue;
    return { id, category, description, ...(autoFix && { autoFix }), line: one.line, references };
  }
}

const isComplete = ({ line, open }: Sought): boolean => line !== undefined && open.length === 0;

/** `test-rust (m68040)` is of m68040, and not of m6804. */
function isOfJob({ cpuVariants }: ListedIssue, job: string): boolean {
  if (cpuVariants.length === 0) return true;
  const name = job.toLowerCase();
  return cpuVariants.some((variant) => holdsWord(name, variant.toLowerCase()));
}

function holdsWord(text: string, word: string): boolean {
  const isPart = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true;
  return false;
}
