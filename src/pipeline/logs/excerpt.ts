import type { KnownMatch } from "../known-issues/known-issue.ts";
import { IssueSearch, type LookFor } from "../known-issues/search.ts";
import { clipped } from "./clipped.ts";
import { FailedTests } from "./failed-tests.ts";
import { FirstError } from "./first-error.ts";
import { readLines } from "./lines.ts";
import { PrivateKeys } from "./private-key.ts";
import { RunnerSetup } from "./runner-setup.ts";
import { secretForms } from "./secret-forms.ts";
import { type ReadLine, shown } from "./shown.ts";
import { toPlainLine } from "./to-plain-line.ts";

export interface Excerpt {
  /**
   * At most 15 lines around the first error, or the last lines when no error was recognised; plain text, masked, without control
   * characters, each at most 300 code points. Runs of blank lines are squeezed to one, so numbers may skip.
   */
  readonly lines: readonly string[];
  /** 1-based line number in the log of lines[0]; 1 for a log without text. */
  readonly firstLine: number;
  /** Index in lines of the error line; undefined when none was recognised. */
  readonly errorAt: number | undefined;
  /** Which tool's pattern matched: "rustc", "cargo test", "gcc/clang", … */
  readonly tool: string | undefined;
  /** Names of failed tests, at most 10, in order, without duplicates, masked as lines are. */
  readonly failedTests: readonly string[];
  /** How many further tests failed. */
  readonly moreFailedTests: number;
  /** How many lines the log had as far as it was read. */
  readonly totalLines: number;
  /** The cap ended the reading. */
  readonly isCut: boolean;
  /** The known issue that fits; absent when none does, or none was looked for. */
  readonly known?: KnownMatch;
}

const defaultMaxBytes = 50 * 1024 * 1024;
const mostCodePoints = 300;
const mostNamedTests = 10;

/**
 * Reads a log as a stream of bytes, in bounded memory, and stops after `maxBytes` (default 50 MiB). `secrets` are values that must
 * never be shown. Throws only what reading the log throws.
 */
export async function excerptOf(
  log: AsyncIterable<Uint8Array>,
  {
    secrets,
    maxBytes = defaultMaxBytes,
    lookFor,
  }: { readonly secrets: readonly string[]; readonly maxBytes?: number; readonly lookFor?: LookFor | undefined },
): Promise<Excerpt> {
  const [error, tests, keys, setup] = [new FirstError(), new FailedTests(), new PrivateKeys(), new RunnerSetup()];
  const forms = secretForms(secrets);
  const search = lookFor && new IssueSearch(lookFor, forms);
  let totalLines = 0;
  const { isCut } = await readLines(log, maxBytes, (raw, isLineCut) => {
    totalLines++;
    const text = toPlainLine(raw);
    const line = { number: totalLines, text, isCut: isLineCut, isInKey: keys.read(text), isSetup: setup.read(raw) };
    error.read(line);
    search?.read(line);
    if (!line.isSetup && !line.isInKey) tests.read(line);
  });

  const known = search?.found();
  const { lines, errorAt, tool } = error.window();
  const names = [...new Set(tests.names().map((name) => inShort(name, forms)))];
  return {
    lines: lines.map((line) => inShort(line, forms)),
    firstLine: lines[0]?.number ?? 1,
    errorAt,
    tool,
    failedTests: names.slice(0, mostNamedTests),
    moreFailedTests: Math.max(0, names.length - mostNamedTests),
    totalLines,
    isCut,
    ...(known && { known }),
  };
}

const inShort = (line: ReadLine, forms: readonly string[]): string => clipped(shown(line, forms), mostCodePoints);
