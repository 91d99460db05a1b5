import type { RunMark } from "./incident.ts";

/** Below zero when the first was earlier: by commit and attempt, never by arrival. */
export const orderOf = (one: RunMark, other: RunMark): number => one.number - other.number || one.attempt - other.attempt;

/** How one pipeline stands: what is late is told from what is new by it. */
export interface Standing {
  /** The newest run that passed or failed. */
  readonly newest: RunMark;
  readonly isRed: boolean;
  /** The newest that passed. */
  readonly green?: RunMark;
  /** The last attempts that spoke, `runId/attempt`, so that each speaks once. */
  readonly heard: readonly string[];
}

const mostHeard = 100;
const nameOf = ({ runId, attempt }: RunMark): string => `${runId}/${attempt}`;

export const wasHeard = (standing: Standing | undefined, run: RunMark): boolean => standing?.heard.includes(nameOf(run)) ?? false;

/** The standing after a run has spoken. */
export function heard(before: Standing | undefined, run: RunMark, isRed: boolean): Standing {
  const isNewest = !before || orderOf(run, before.newest) > 0;
  const green = !isRed && (!before?.green || orderOf(run, before.green) > 0) ? run : before?.green;
  return {
    newest: isNewest ? run : before.newest,
    isRed: isNewest ? isRed : before.isRed,
    ...(green && { green }),
    heard: [...(before?.heard ?? []), nameOf(run)].slice(-mostHeard),
  };
}
