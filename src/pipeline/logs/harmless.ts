/** Lines that speak of errors and report none: a passed test, a traced or echoed command, a probe of the machine, a warning. */
const calm =
  /^\s*(?:\++ |\$ |✓ |✔ |√ |warning\b|PASS\b|ok \d|\[(?:INFO|DEBUG|WARNING|WARN)\]|(?:INFO|DEBUG|WARN|TRACE)\b|(?:Warning|Notice|Debug): )|^test .{1,500} \.\.\. (?:ok|ignored)|^ *(?:Compiling|Checking|Downloaded|Downloading|Updating|Running|Documenting|Installing|Building) |^(?:-- (?:Looking for|Performing Test|Check)|checking (?:for|whether|if)) |\bPASSED\b/;

/** Lines that a generic pattern takes for an error, though they count none, set a flag or name a thing. */
const noError =
  /\b(?:0|no|zero|without(?: any)?) (?:\w{1,20} )?(?:errors?|fail(?:ures?|ed)?|problems?)\b|\berrors?["']?\s{0,4}[:=]\s{0,4}["']?(?:0|false|null|none|nil|undefined|no|off|\[\]|\{\})?["']?(?=\s{0,4}(?:[,;}\])]|$))|-W[\w-]{0,30}error|continue[-_ ]on[-_ ]error|\berrors?::\w|(?:fail|stop|exit)[-_ ]on[-_ ]error|\bif .{0,80}fail/i;

/** Whether a line that may look like one is no error for any tool. */
export function isCalm(line: string): boolean {
  return calm.test(line);
}

/** Whether a line that no tool claims is no error though it says the word. */
export function saysNoError(line: string): boolean {
  return noError.test(line);
}
