/** A job that only asks whether the others passed is over in a moment; even a checkout says more. */
const mostLinesOfGate = 80;
const gateName =
  /(?:^|[\s_/-])(?:all|ci|alls?|required|checks?|jobs?|tests?|status|pipeline)?[\s_-]*(?:green|gate|success|succeeded|conclusion|done|required|passed|status)$/i;

/** Whether the name is one that people give to such a job. */
export const isNamedAsGate = (name: string): boolean => gateName.test(name);

/** Whether a job's log is that of one which failed because others did. */
export const saysNothingOfItsOwn = (read: {
  readonly totalLines: number;
  readonly signature?: string | undefined;
  readonly failedTests: readonly string[];
  readonly known?: unknown;
}): boolean =>
  read.totalLines < mostLinesOfGate && read.signature === undefined && read.failedTests.length === 0 && read.known === undefined;
