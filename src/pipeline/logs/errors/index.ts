import { compilerErrors } from "./compilers.ts";
import { linterErrors } from "./linters.ts";
import type { ErrorPattern } from "./pattern.ts";
import { systemErrors } from "./systems.ts";
import { testErrors } from "./test-runners.ts";

/** Sorted by tool. Of the patterns that match a line the strongest counts, then the first. */
export const errorPatterns: readonly ErrorPattern[] = [...compilerErrors, ...linterErrors, ...systemErrors, ...testErrors].toSorted(
  (a, b) => a.tool.localeCompare(b.tool, "en"),
);

/** Words of which every pattern needs one; in lower case, where the search is three times as fast as without regard to case. */
const words =
  /err|fail|fatal|panic|✖|●|-->|━━|\.go:|\.py:|\.pyi:|go: |not ok|diff in|ssembler|undefined|multiple def|truncated|ld: |mold: |unknown target|unreachable|please submit|assertion|\*\*\*|conflict|qemu|overflow|sig|code style|#test_|illegal|core dumped|space left|memory|killed|exception|exceeded|tim|abort|xpass|unresolved|lost comm|shutdown|cancel|exit|stopped|daemon|› |there w|data race|toomany|yn0|not found|no such|denied|critical|severe|went/;
const letters = /^[Ee]:? /;

/** Whether any pattern can match the line: of most lines of a log none can, and they are passed by quickly. */
export function mayTell(line: string): boolean {
  return words.test(line.toLowerCase()) || letters.test(line);
}
