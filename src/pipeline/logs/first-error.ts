import type { Strength } from "./errors/pattern.ts";
import { matchError, strengths, toToolLine } from "./match-error.ts";
import { PythonTraceback } from "./python-traceback.ts";

export interface LogLine {
  /** From 1. */
  readonly number: number;
  /** As `toPlainLine` gives it, not yet masked. */
  readonly text: string;
  /** The line was longer than what was kept of it. */
  readonly isCut: boolean;
  /** It begins inside a private key. */
  readonly isInKey: boolean;
  /** It belongs to the runner's description of a step. */
  readonly isSetup: boolean;
}

export interface ErrorWindow {
  readonly tool: string | undefined;
  readonly lines: readonly LogLine[];
  readonly errorAt: number | undefined;
}

interface Candidate {
  readonly tool: string;
  readonly isAfterwards: boolean;
  readonly before: readonly LogLine[];
  readonly error: LogLine;
  readonly after: LogLine[];
  isOpen: boolean;
}

const mostLines = 15;
const usualBefore = 4;
/** Where a message stands after what it is about. */
const beforeAfterwards = 11;
const stepEnds = /^(?:Error: Process completed with exit code|Post job cleanup\.)/;

/** Keeps the first error of each strength with the lines around it, in memory that does not grow with the log. */
export class FirstError {
  readonly #candidates = new Map<Strength, Candidate>();
  readonly #python = new PythonTraceback();
  #last: LogLine[] = [];

  read(line: LogLine): void {
    if (line.text.trim() === "" && (this.#last.at(-1)?.text.trim() ?? "") === "") return;
    for (const candidate of this.#candidates.values()) follow(candidate, line);
    if (!line.isSetup && !line.isInKey && !this.#candidates.has("cause")) this.#look(line);
    this.#last.push(line);
    if (this.#last.length > mostLines) this.#last.shift();
  }

  /** The lines around the first of the strongest errors, or the last lines; empty for a log without text. */
  window(): ErrorWindow {
    const found = strengths.toReversed().flatMap((strength) => this.#candidates.get(strength) ?? [])[0];
    if (!found) return trimmed({ tool: undefined, lines: this.#last, errorAt: undefined });
    const wanted = found.isAfterwards ? beforeAfterwards : usualBefore;
    const before = Math.min(found.before.length, Math.max(wanted, mostLines - 1 - found.after.length));
    const lines = [...found.before.slice(found.before.length - before), found.error, ...found.after];
    return trimmed({ tool: found.tool, lines: lines.slice(0, mostLines), errorAt: before });
  }

  #look(line: LogLine): void {
    const text = toToolLine(line.text);
    const isException = this.#python.read(text);
    const match = isException
      ? ({ tool: "Python", strength: "cause", isAfterwards: true, isOfPrevious: false } as const)
      : matchError(text, toToolLine(this.#last.at(-1)?.text ?? ""));
    if (!match || this.#candidates.has(match.strength)) return;
    const { tool, isAfterwards } = match;
    const before = this.#last.filter(({ isSetup }) => !isSetup);
    const previous = match.isOfPrevious ? before.pop() : undefined;
    const [error, after] = previous ? [previous, [line]] : [line, []];
    this.#candidates.set(match.strength, { tool, isAfterwards, before, error, after, isOpen: !stepEnds.test(line.text) });
  }
}

function follow(candidate: Candidate, line: LogLine): void {
  if (!candidate.isOpen) return;
  if (line.isSetup || line.text.startsWith("Post job cleanup.")) candidate.isOpen = false;
  else candidate.after.push(line);
  if (stepEnds.test(line.text) || candidate.after.length === mostLines - 1) candidate.isOpen = false;
}

function trimmed({ tool, lines, errorAt }: ErrorWindow): ErrorWindow {
  const hasText = ({ text }: LogLine) => text.trim() !== "";
  const first = Math.max(0, lines.findIndex(hasText));
  return {
    tool,
    lines: lines.slice(first, lines.findLastIndex(hasText) + 1),
    errorAt: errorAt === undefined ? undefined : errorAt - first,
  };
}
