/** Lines that end a command or count failures, whatever names stand in them. */
const ends: readonly RegExp[] = [
  /^(?:g?make|ninja|gmake)(?:\[<?\w+>?\])?: (?:\*\*\* \[|build stopped)/,
  /^error: (?:aborting due to|could not compile|test failed|build failed|process didn't exit successfully)/,
  /^test result: /,
  /^npm (?:ERR!|error) (?:Lifecycle script|code ELIFECYCLE|Test failed|errno|code <n>$)/,
  /\b(?:ELIFECYCLE|ERR_PNPM_RECURSIVE_RUN)\b/,
  /^The process '.{0,300}' failed with exit code/,
  /^(?:failed to solve: )?process ".{0,300}" did not complete successfully/,
  /^ERROR: failed to (?:solve|build): process "/,
  /^(?:FAILED|FAIL|ERROR)?\s*\(?(?:failures|errors)=/i,
];

/** rustc tells the kind of mistake in its first line, and where it is in the next: without a name in it any two may be equal. */
const rustKind = /^error\[E\d{4}\]: [^`'"]*$/;
const rustError = /^error: [^`'"]*$/;

/** Words of which a line may consist and still say nothing of what failed. */
const empty = new Set(
  `a after all allowed also an and any are as assert assertequal assertion assertionerror assertions assertionfailederror at attempt be been
  before build building but by check checks code command commands compilation compile completed condition core could crash crashed critical
  deep deepequal did does done due dumped e equal equals err error errors exception exceeded exit exited exiting expect expectation expected
  fail failed failing fails failure failures false fatal fault finished first following for found from full get got had has have hex id ill
  illegal in instead instruction invalid is it job jobs killed least left less like line ln log main make makefile message met more most must
  n name no non none not null object of ok on one only operation or other out panic panicked prerequisite previous process program received
  required reset result results return returned right run running script see segmentation segfault should sigabrt sigbus sigill sigkill
  signal sigsegv sigterm some status step steps stop stopped strict strictequal succeed success successfully suite suites task tasks
  terminated test tests than that the then there this thread throw time timed timeout time-out tmp to tobe toequal true true. type
  typeerror undefined unexpected unexpectedly unhandled unknown unsuccessful unsuccessfully value values via was were when which while with within
  without workflow canceled cancelled aborted abort needs upstream dependent dependency dependencies error: runtimeerror exceptions`.split(
    /\s+/,
  ),
);

/** @param tool whose line it is, as the excerpt says */
export function isTooGeneric(signature: string, tool?: string): boolean {
  if (tool === "exit code" || (tool === "rustc" && rustError.test(signature))) return true;
  if (rustKind.test(signature) || ends.some((pattern) => pattern.test(signature))) return true;
  const words = signature.replace(/<(?:n|hex|id|time|tmp)>/g, " ").match(/[\p{L}_][\p{L}\p{N}_]{2,}/gu) ?? [];
  return words.every((word) => empty.has(word.toLowerCase()));
}
