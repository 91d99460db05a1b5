import { genericPatterns } from "./errors/generic.ts";
import { errorPatterns, mayTell } from "./errors/index.ts";
import type { ErrorPattern, Strength } from "./errors/pattern.ts";
import { isCalm, saysNoError } from "./harmless.ts";

export const strengths: readonly Strength[] = ["end", "hint", "cause"];

export interface ErrorMatch {
  readonly tool: string;
  readonly strength: Strength;
  readonly isAfterwards: boolean;
  /** The error is the line before, which this one explains. */
  readonly isOfPrevious: boolean;
}

/** What BuildKit puts before each line of a step's output. */
const buildKitPrefix = /^#\d{1,4} \d{1,6}\.\d{1,6} /;
const annotation = /^Error: +/;
/** An error is told near the start of its line. */
const looksAt = 2_000;

/** A line as the tool itself wrote it. */
export function toToolLine(line: string): string {
  return line.slice(0, looksAt).replace(buildKitPrefix, "");
}

/** The line without the runner's word for an error, which its problem matchers put before what a tool said. */
export function withoutAnnotation(line: string): string {
  return line.replace(annotation, "");
}

/** What a line of a tool says about an error; `previous` is the line before it. Undefined when it is none. */
export function matchError(line: string, previous: string): ErrorMatch | undefined {
  if (!mayTell(line) || isCalm(line)) return undefined;
  const told = annotation.test(line) ? [line, withoutAnnotation(line)] : [line];
  const found = strongest(errorPatterns, told, previous) ?? (saysNoError(line) ? undefined : strongest(genericPatterns, told, previous));
  return found && toMatch(found);
}

function strongest(patterns: readonly ErrorPattern[], told: readonly string[], previous: string): ErrorPattern | undefined {
  let best: ErrorPattern | undefined;
  for (const one of patterns) {
    if (best && strengths.indexOf(one.strength) <= strengths.indexOf(best.strength)) continue;
    if (!told.some((line) => one.pattern.test(line)) || one.explains?.test(previous) === false) continue;
    best = one;
    if (one.strength === "cause") break;
  }
  return best;
}

function toMatch({ tool, strength, isAfterwards, explains }: ErrorPattern): ErrorMatch {
  return { tool, strength, isAfterwards: isAfterwards === true, isOfPrevious: explains !== undefined };
}
