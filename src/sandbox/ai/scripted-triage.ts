import type { TriageAction, TriageAnswer } from "../../pipeline/orchestrator/triage.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly action: TriageAction;
  readonly confidence: number;
  readonly cause: string;
}

/** The first that fits a line counts. */
const rules: readonly Rule[] = [
  {
    pattern: /timed? ?out|timeout was reached|connection (?:reset|refused)|could not resolve|no space left|503|429/i,
    action: "retry",
    confidence: 0.92,
    cause: "Something that the job fetches could not be reached. That is no fault of the change.",
  },
  {
    pattern: /error\[E\d+\]|panicked at|assertion|assert(?:ion)? .*failed|expected .* (?:found|got)|FAILED/i,
    action: "fix_change",
    confidence: 0.86,
    cause: "The code does not do what its check expects.",
  },
  { pattern: /signal \d+|SIG[A-Z]{3,}|out of memory/i, action: "ask_person", confidence: 0.5, cause: "A program was ended from outside." },
];

/** Only what stands in the log shows anything: what else is told of the failure speaks of failing as well. */
const excerpt = /^BEGIN DATA (\S+) excerpt of the log.*\n([\s\S]*?)\nEND DATA \1$/gm;

/** Decides about a failure by rules, without any model. */
export function scriptedTriage(data: string): TriageAnswer {
  const lines = [...data.matchAll(excerpt)].flatMap(([, , text = ""]) => text.split("\n")).map((line) => line.trim());
  for (const { pattern, action, confidence, cause } of rules) {
    const line = lines.find((each) => pattern.test(each));
    if (line !== undefined)
      return { action, workflow: null, confidence, cause: `${cause} (A script says so, and no model.)`, evidence: [line] };
  }
  return { action: "ask_person", workflow: null, confidence: 0.2, cause: "No rule of this script fits.", evidence: [] };
}
