import type { AutoFix } from "../pipeline/known-issues/known-issue.ts";
import type { KnownIssues, ListedIssue } from "../pipeline/known-issues/known-issues.ts";
import { Entry, type KnownIssuesFile } from "./known-issues.ts";
import { patternProblem, toLinePattern } from "./line-pattern.ts";
import { mistakeInWords } from "./mistake-in-words.ts";

/** The issues of a file, ready to be looked for. */
export function listedIssues({ known_issues: entries }: KnownIssuesFile): KnownIssues {
  const ids = new Set(entries.map(({ id }) => id));
  return {
    all: entries.map(toListedIssue),
    mistakesIn(entry) {
      const parsed = Entry.safeParse(entry, { error: mistakeInWords });
      const mistakes = parsed.error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];
      return ids.has(entry.id) ? [`${entry.id} is the id of another issue already`, ...mistakes] : mistakes;
    },
    fits: (pattern, line) => patternProblem(pattern) === undefined && toLinePattern(pattern)(line),
  };
}

function toListedIssue(entry: Entry): ListedIssue {
  const { phase, auto_fix: fix, metadata } = entry;
  return {
    id: entry.id,
    ...(phase !== null && { phase }),
    category: entry.category,
    cpuVariants: entry.cpu_variants,
    errorPattern: entry.error_pattern,
    contextPatterns: entry.context_patterns,
    description: entry.description,
    ...(fix && { autoFix: { type: types[fix.type], script: fix.script, confidence: fix.confidence } }),
    references: metadata.references,
    isError: toLinePattern(entry.error_pattern),
    contexts: entry.context_patterns.map(toLinePattern),
    seenBefore: metadata.occurrences,
  };
}

const types: Readonly<Record<NonNullable<Entry["auto_fix"]>["type"], AutoFix["type"]>> = {
  retry: "retry",
  workflow: "workflow",
  workflow_dispatch: "workflow",
  manual: "manual",
  script: "manual",
  patch: "manual",
};
