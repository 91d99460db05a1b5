import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { parseFile } from "../../config/parse-file.ts";
import { UserError } from "../../errors.ts";
import { toPlainLine } from "../../pipeline/logs/to-plain-line.ts";
import { type Hunk, readPatch } from "../../pipeline/reviews/patch.ts";
import { DiffLabel, FailureLabel } from "./labels.ts";

export interface FailureCase {
  readonly id: string;
  readonly log: string;
  /** The log as people read it. */
  readonly lines: readonly string[];
  readonly label: FailureLabel;
}

export interface DiffCase {
  readonly id: string;
  readonly patch: string;
  readonly hunks: readonly Hunk[];
  readonly label: DiffLabel;
}

export interface EvalSet {
  readonly failures: readonly FailureCase[];
  readonly diffs: readonly DiffCase[];
  /** SHA-256 over all of it: figures of different sets are not compared as one. */
  readonly digest: string;
}

/** Where the set that comes with the package lies, whether this runs from its sources or bundled. */
export const packagedSet = (): string =>
  ["../../../eval", "../eval"].map((path) => join(import.meta.dirname, path)).find((path) => existsSync(join(path, "failures"))) ?? "eval";

/** Reads the labelled cases. Throws UserError with everything that is wrong with them. */
export function readSet(folder: string): EvalSet {
  const problems: string[] = [];
  const digest = createHash("sha256");
  const each = <T, C>(kind: string, ending: string, schema: z.ZodType<T>, toCase: (id: string, text: string, label: T) => C): C[] =>
    namesIn(join(folder, kind), ending).flatMap((id) => {
      const path = join(folder, kind, `${id}.yml`);
      try {
        const [text, yaml] = [readFileSync(join(folder, kind, `${id}${ending}`), "utf8"), readFileSync(path, "utf8")];
        digest.update(JSON.stringify([kind, id, text, yaml]));
        const parsed = parseFile(path, yaml, schema);
        if ("content" in parsed) return [toCase(id, text, parsed.content)];
        problems.push(...parsed.problems);
      } catch (error) {
        problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return [];
    });

  const failures = each("failures", ".log", FailureLabel, toFailure);
  const diffs = each("diffs", ".diff", DiffLabel, toDiff);
  if (failures.length + diffs.length === 0) problems.push(`${folder} holds no case.`);
  if (problems.length > 0) throw new UserError("invalid", "bad_set", problems.join("\n"));
  return { failures, diffs, digest: digest.digest("hex") };
}

const namesIn = (folder: string, ending: string): readonly string[] => {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  // A label without its log is found as well: reading it then says what is missing.
  const names = files.flatMap((file) => [ending, ".yml"].flatMap((end) => (file.endsWith(end) ? file.slice(0, -end.length) : [])));
  return [...new Set(names)].toSorted();
};

function toFailure(id: string, log: string, label: FailureLabel): FailureCase {
  const lines = log.split("\n").map((line) => toPlainLine(line).trim());
  for (const evidence of label.evidence) if (!lines.includes(evidence.trim())) throw new Error(`the log has no line “${evidence}”.`);
  return { id, log, lines, label };
}

function toDiff(id: string, patch: string, label: DiffLabel): DiffCase {
  const hunks = readPatch(patch);
  if (!hunks) throw new Error("the diff cannot be understood: look at the counts in its @@ lines.");
  const lines = hunks.flatMap((hunk) => hunk.lines);
  for (const { from, to } of label.bugs ?? []) {
    const numbers = lines.flatMap(({ kind, newLine }) => (kind === "added" && newLine !== undefined ? [newLine] : []));
    if (!numbers.some((number) => from <= number && number <= to)) throw new Error(`nothing is added in lines ${from} to ${to}.`);
    if (![from, to].every((end) => lines.some(({ newLine }) => newLine === end)))
      throw new Error(`lines ${from} to ${to} are not all in it.`);
  }
  return { id, patch, hunks, label };
}
