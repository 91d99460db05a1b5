/** An issue as `config/known-issues.json` has it. */
export interface KnownIssueEntry {
  readonly id: string;
  readonly phase: string | null;
  readonly category: string;
  readonly cpu_variants: readonly string[];
  readonly error_pattern: string;
  readonly context_patterns: readonly string[];
  readonly description: string;
  readonly auto_fix?: { readonly type: string; readonly script: string; readonly confidence: number };
  readonly metadata: {
    readonly first_seen: string | null;
    readonly occurrences: number;
    readonly last_fix_success: string | null;
    readonly references: readonly string[];
  };
}

/** What somebody says of a new one. */
export interface NewIssue {
  readonly id: string;
  readonly pattern: string;
  readonly description: string;
  readonly category?: string | undefined;
  readonly phase?: string | undefined;
  readonly contexts?: readonly string[] | undefined;
  readonly variants?: readonly string[] | undefined;
  /** `retry`, `workflow:clean.yml` or `manual:what to do`. */
  readonly fix?: string | undefined;
  readonly confidence?: number | undefined;
  readonly references?: readonly string[] | undefined;
}

const usualConfidence = 0.5;

/** @param now milliseconds since the epoch */
export function toEntry(issue: NewIssue, now: number): KnownIssueEntry {
  const { id, pattern, description, category = "unsorted", phase = null, contexts = [], variants = [], references = [] } = issue;
  return {
    id,
    phase,
    category,
    cpu_variants: variants,
    error_pattern: pattern,
    context_patterns: contexts,
    description,
    ...(issue.fix !== undefined && { auto_fix: toFix(issue.fix, issue.confidence) }),
    metadata: { first_seen: new Date(now).toISOString().slice(0, 10), occurrences: 0, last_fix_success: null, references },
  };
}

function toFix(typed: string, confidence = usualConfidence) {
  const colon = typed.indexOf(":");
  const [type, script] = colon === -1 ? [typed, ""] : [typed.slice(0, colon), typed.slice(colon + 1).trim()];
  return { type, script, confidence };
}

/** The entry as it stands in the file, indented by two spaces a level; short lists stay on one line. */
export function entryInJson(entry: KnownIssueEntry): string {
  return inJson(entry, "");
}

function inJson(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[${value.map((each) => inJson(each, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalarInJson(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${inner}${JSON.stringify(key)}: ${inJson(each, inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** What is not seen stands there by its number: whoever pastes it gets all of it. */
const scalarInJson = (value: unknown): string => JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, byNumber);

const byNumber = (unseen: string): string =>
  unseen
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
