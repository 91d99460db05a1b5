/** How tools say how it went: counts of tests, the end of a build. Anchored, or without an unbounded repetition before what must follow. */
const status =
  /^test result: |^\s*(?:Finished|Summary \[)|^(?:BUILD (?:SUCCESSFUL|FAILED)|\[INFO\] BUILD )|^\s*(?:\[\w{1,8}\] )?Tests(?: run)?:? +\d|^\s*Test (?:Files|Suites):? +\d|^Ran \d+ tests? |^=+ .{0,200}\b\d+ (?:passed|failed|skipped|error)|^\s*\d+ (?:passing|failing|pending)\b|^\d+% tests passed|^(?:ok|FAIL|---? FAIL:|\?) {1,4}\t?\S|^(?:PASS|FAIL)$|^# (?:tests|pass|fail|skipped) \d|^\[100%\]|^\[(\d{1,7})\/\1\]|^(?:added|changed|removed|up to date)\b.{0,60}\bpackages?\b|^Successfully \w|^(?:Done|Built|Compiled|Completed|Success)\b|\bin \d[\d.]{0,8} ?m?s(?:econds)?\b|^\d+ (?:warnings?|errors?)(?: and \d+ errors?)? generated|\bgenerated \d+ warnings?\b|^make(?:\[\d+\])?: |^ninja: |\bexit(?:ed with)?(?: exit)? (?:code|status):? \d/;

const mayBeStatus = /\d|FAIL|PASS|ok|BUILD|Success|Done|Built|Compiled|Completed|make|ninja|Finished/;

export const isStatus = (line: string): boolean => mayBeStatus.test(line) && status.test(line);

export const isWarning = (line: string): boolean =>
  /\bwarn(?:ing)?\b["\])]?\s?[:[(\]]|^\s*(?:\[?WARN(?:ING)?\b|⚠|warning\b|npm warn )/i.test(line);
