import { plainLine, plainText } from "../ai/plain-text.ts";
import type { ChangedFile } from "../changes.ts";
import { maskWith } from "../logs/mask.ts";
import { secretForms } from "../logs/secret-forms.ts";
import { checkSuggestion } from "./check-suggestion.ts";
import type { Finding, FoldWhy } from "./finding.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { linesAt, type RightSide, readPatch, rightSideOf } from "./patch.ts";
import { type SaidFinding, severities } from "./review.ts";

const longestPath = 300;
const longestTitle = 150;
const longestReason = 1_500;
/** More than is shown of any of them. */
const mostMasked = 8_000;
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
 * @param secrets values that are masked in its words, besides what looks like one
 */
export function checkFindings(
  said: readonly SaidFinding[],
  files: readonly Pick<ChangedFile, "path" | "patch">[],
  mostFindings: number,
  secrets: readonly string[] = [],
): CheckedFindings {
  const forms = secretForms(secrets);
  const patches = new Map(files.map(({ path, patch = "" }) => [path, patch]));
  const read = new Map<string, RightSide>();
  const sideOf = (path: string): RightSide | undefined => {
    const patch = patches.get(path);
    if (patch !== undefined && !read.has(path)) read.set(path, rightSideOf(readPatch(patch) ?? []));
    return read.get(path);
  };
  const checked = said.slice(0, mostSaid).flatMap((each) => check(masked(each, forms), sideOf, forms) ?? []);
  const kept = withoutDoubles(checked.toSorted(byWeight));
  const unread = Math.max(said.length - mostSaid, 0);
  return { findings: kept.slice(0, mostFindings), dropped: Math.max(kept.length - mostFindings, 0) + unread };
}

/** A model may have been told to say what it must not, or make up what looks like it. */
function masked(said: SaidFinding, forms: readonly string[]): SaidFinding {
  // What nobody sees goes first: it would part a secret so that it is not known for one.
  const safe = (text: string): string => maskWith(plainText(text, mostMasked), forms);
  const { title, reason, suggestion } = said;
  return { ...said, title: safe(title), reason: safe(reason), suggestion: suggestion === null ? null : withoutSecrets(suggestion, safe) };
}

/** Otherwise as it was said: whether it holds anything invisible is looked at later. */
function withoutSecrets(suggestion: string, safe: (text: string) => string): string {
  const masked = safe(suggestion);
  return masked === plainText(suggestion, mostMasked) ? suggestion : masked;
}

function check(said: SaidFinding, sideOf: (path: string) => RightSide | undefined, forms: readonly string[]): Finding | undefined {
  const reason = plainText(said.reason, longestReason).trim();
  const title = plainLine(said.title, longestTitle) || plainLine(reason, longestTitle);
  if (title === "") return undefined;
  const path = spellings(said.path).find((each) => sideOf(each) !== undefined);
  const [line, endLine] = rangeOf(said);
  const place = line === undefined ? {} : { line, endLine };
  const side = path === undefined ? undefined : sideOf(path);
  const lines = side && line !== undefined ? linesAt(side, line, endLine) : undefined;
  const folded = lines ? undefined : whyFolded(side, place);
  const suggestion = said.suggestion === null ? undefined : checkSuggestion(said.suggestion, lines);
  return {
    fingerprint: fingerprintOf(path ?? said.path, lines ?? [], title),
    severity: said.severity,
    path: path ?? (maskWith(plainLine(said.path, longestPath), forms) || "no file"),
    ...place,
    title,
    reason,
    ...(suggestion && { suggestion }),
    ...(folded && { folded }),
  };
}

/** Of a finding whose lines are not together in the diff. */
function whyFolded(side: RightSide | undefined, { line, endLine = line }: Pick<Finding, "line" | "endLine">): FoldWhy {
  if (!side) return "other_file";
  if (line === undefined || endLine === undefined) return "no_line";
  return side.has(line) && side.has(endLine) ? "across_hunks" : "outside_diff";
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
