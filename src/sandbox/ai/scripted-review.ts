import type { ReviewAnswer, SaidFinding } from "../../pipeline/reviews/review.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly finding: Pick<SaidFinding, "severity" | "title" | "reason">;
  /** What to write instead, of the line without its indentation. */
  readonly instead?: (line: string) => string;
}

/** What a script can see: single lines that are mostly wrong. */
const rules: readonly Rule[] = [
  {
    pattern: /<=\s*\w+\.(?:len\(\)|length\b)/,
    finding: {
      severity: "high",
      title: "Reads one element past the end",
      reason: "The last index is one less than the length, so that the loop's last turn reads what is not there.",
    },
    instead: (line) => line.replace("<=", "<"),
  },
  {
    pattern: /\.unwrap\(\)/,
    finding: {
      severity: "medium",
      title: "Stops the program where there is no value",
      reason: "Nothing before this line makes sure that there is one: say what is wrong instead, or hand the error on.",
    },
  },
  {
    pattern:
      /\b(?:password|secret|token)\b.*(?:println|console\.log|printf|print\()|(?:println|console\.log|printf|print\().*\b(?:password|secret|token)\b/i,
    finding: {
      severity: "critical",
      title: "Writes a secret into the log",
      reason: "Everybody who reads the log of the run would know it.",
    },
  },
  {
    pattern: /\b(?:TODO|FIXME|XXX)\b/,
    finding: { severity: "low", title: "Something is left to do", reason: "The change says itself that it is not complete here." },
  },
];

const fileLine = /^File: (.+) \((?:added|modified|renamed)[^)]*\)$/;
const addedLine = /^ *(\d+) \+ (.*)$/;

/** Reviews the files of a prompt by rules, without any model. */
export function scriptedReview(data: string): ReviewAnswer {
  const findings: SaidFinding[] = [];
  let path = "";
  let files = 0;
  for (const line of data.split("\n")) {
    const file = fileLine.exec(line)?.[1];
    if (file !== undefined) {
      path = file;
      files += 1;
      continue;
    }
    const [, number, text = ""] = addedLine.exec(line) ?? [];
    const rule = number === undefined ? undefined : rules.find(({ pattern }) => pattern.test(text));
    if (!rule) continue;
    const suggestion = rule.instead?.(text) ?? null;
    findings.push({ ...rule.finding, path, line: Number(number), endLine: null, suggestion });
  }
  const what = findings.length === 0 ? "none of my rules fits a line of it" : "see what my rules found";
  return { summary: `I am a script and no model: I looked at ${files} ${files === 1 ? "file" : "files"}, and ${what}.`, findings };
}
