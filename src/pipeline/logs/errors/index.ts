import { compilerErrors } from "./compilers.ts";
import { linterErrors } from "./linters.ts";
import type { ErrorPattern } from "./pattern.ts";
import { systemErrors } from "./systems.ts";
import { testErrors } from "./test-runners.ts";

/** Sorted by tool. Of the patterns that match a line the strongest counts, then the first. */
export const errorPatterns: readonly ErrorPattern[] = [...compilerErrors, ...linterErrors, ...systemErrors, ...testErrors].toSorted(
  (a, b) => a.tool.localeCompare(b.tool, "en"),
);

/** No pattern matches a line without one of these; most lines of a log have none, and are passed by quickly. */
export const mayTell =
  /err|fail|fatal|panic|✖|●|-->|━━|^E |^e: |\.go:\d|\.py:\d|\.pyi:\d|go: |not ok|diff in|ssembler|undefined|multiple def|truncated|ld: |lld: |mold: |unknown target|unreachable|please submit|assertion|\*\*\*|conflict|qemu|overflow|sig[a-z]{2,6}|illegal|core dumped|space left|memory|oomkilled|killed|exception|exceeded|timed|timeout|abort|xpass|unresolved|lost comm|shutdown|cancel|exit|stopped|daemon|› |there w|data race|yn0|not found|no such|denied|critical|severe|went wrong|treated|went|^E: /i;
