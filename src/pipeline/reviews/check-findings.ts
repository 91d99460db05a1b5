import { plainLine, plainText } from "../ai/plain-text.ts";
import type { ChangedFile } from "../changes.ts";
import { checkSuggestion } from "./check-suggestion.ts";
import type { Finding, FoldWhy } from "./finding.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Hunk, linesAt, readPatch } from "./patch.ts";
import { type SaidFinding, severities } from "./review.ts";

const longestPath = 300;
const longestTitle = 150;
const longestReason = 1_500;
const highestLine = 10_000_000;
/** An answer is read no further: no prompt asks for as many. */
const mostSaid = 200;

export interface CheckedFindings {
  /** The worst first, at most as many as asked for. */
  readonly findings: readonly Finding[];
  /** How many more were said. */
  readonly dropped: number;
}

/**
 * Checks what a model said against what it was shown. A finding whose line is not in the diff is kept and folded, never moved to another
 * line; what says nothing, or the same again, goes.
 *
 * @param files those that the model was shown, whole or in part
 */
export function checkFindings(
  said: readonly SaidFinding[],
  files: readonly Pick<ChangedFile, "path" | "patch">[],
  mostFindings: number,
): CheckedFindings {
  const patches = new Map(files.map(({ path, patch = "" }) => [path, patch]));
  const read = new Map<string, readonly Hunk[]>();
  const hunksOf = (path: string): readonly Hunk[] | undefined => {
    const patch = patches.get(path);
    if (patch !== undefined && !read.has(path)) read.set(path, readPatch(patch) ?? []);
    return read.get(path);
  };
  const checked = said.slice(0, mostSaid).flatMap((each) => check(each, hunksOf) ?? []);
  const kept = withoutDoubles(checked.toSorted(byWeight));
  const unread = Math.max(said.length - mostSaid, 0);
  return { findings: kept.slice(0, mostFindings), dropped: Math.max(kept.length - mostFindings, 0) + unread };
}

function check(said: SaidFinding, hunksOf: (path: string) => readonly Hunk[] | undefined): Finding | undefined {
  const reason = plainText(said.reason, longestReason).trim();
  const title = plainLine(said.title, longestTitle) || plainLine(reason, longestTitle);
  if (title === "") return undefined;
  const path = spellings(said.path).find((each) => hunksOf(each) !== undefined);
  const [line, endLine] = rangeOf(said);
  const place = line === undefined ? {} : { line, endLine };
  const lines = path === undefined || line === undefined ? undefined : linesAt(hunksOf(path) ?? [], line, endLine);
  const folded = whyFolded(path, place, (from) => linesAt(hunksOf(path ?? "") ?? [], from, from), lines);
  const suggestion = said.suggestion === null ? undefined : checkSuggestion(said.suggestion, lines);
  return {
    fingerprint: fingerprintOf(path ?? said.path, lines ?? [], title),
    severity: said.severity,
    path: path ?? (plainLine(said.path, longestPath) || "no file"),
    ...place,
    title,
    reason,
    ...(suggestion && { suggestion }),
    ...(folded && { folded }),
  };
}

function whyFolded(
  path: string | undefined,
  { line, endLine = line }: Pick<Finding, "line" | "endLine">,
  at: (line: number) => readonly string[] | undefined,
  lines: readonly string[] | undefined,
): FoldWhy | undefined {
  if (path === undefined) return "other_file";
  if (line === undefined || endLine === undefined) return "no_line";
  if (lines) return undefined;
  return at(line) && at(endLine) ? "across_hunks" : "outside_diff";
}

/** As a model may write a path, the likeliest first. */
function spellings(said: string): readonly string[] {
  const bare = said.trim();
  const found = [said, bare, bare.replace(/^(?:\.?\/)+/, "")];
  return [...found, ...found.map((path) => path.replace(/^[ab]\//, ""))];
}

/** Both lines in their order; neither where the first is no line number. */
function rangeOf({ line, endLine }: SaidFinding): readonly [number, number] | readonly [undefined, undefined] {
  if (!isLine(line)) return [undefined, undefined];
  const other = endLine !== null && isLine(endLine) ? endLine : line;
  return [Math.min(line, other), Math.max(line, other)];
}

const isLine = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= highestLine;

const byWeight = (a: Finding, b: Finding): number => severities.indexOf(a.severity) - severities.indexOf(b.severity);

/** Of several with one fingerprint the first, which is the worst, stays. */
function withoutDoubles(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) if (!kept.has(finding.fingerprint)) kept.set(finding.fingerprint, finding);
  return [...kept.values()];
}
