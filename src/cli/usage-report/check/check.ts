import { readFile } from "node:fs/promises";
import { UserError } from "../../../errors.ts";
import { readCcusage } from "../../../machine/ccusage/output.ts";
import { neededVersion, runCcusage } from "../../../machine/ccusage/run.ts";
import { readTranscriptFacts } from "../../../machine/ccusage/transcript-facts.ts";
import type { Ours } from "../../../pipeline/usage/ccusage-usage.ts";
import { type Comparison, compareWithCcusage } from "../../../pipeline/usage/compare-ccusage.ts";
import type { PriceBook } from "../../../pipeline/usage/price-book.ts";
import type { UsageSource } from "../source.ts";
import { printComparison } from "./print.ts";

interface CheckOptions {
  /** What ccusage printed before; it is run when absent. */
  readonly file: string | undefined;
  readonly transcripts: readonly string[];
  readonly path: string;
  readonly book: PriceBook;
  readonly format: "table" | "json";
  /** How wide the table may be; undefined where nobody looks at it. */
  readonly columns?: number | undefined;
}

const howToGet = `Run npm install --global ccusage@${neededVersion}, or name a file with what ccusage claude session --json --offline printed: --check sessions.json`;

/** Compares the whole ledger with what ccusage says of the transcripts. */
export async function checkAgainstCcusage(
  source: UsageSource,
  { file, transcripts, path, book, format, columns }: CheckOptions,
): Promise<{ readonly printed: string; readonly isExplained: boolean }> {
  const theirs = readCcusage(file === undefined ? await runCcusage({ path, howToGet }) : await read(file), file ?? "What ccusage printed");
  const ours = await readOurs(source);
  // The transcripts are read again only where something differs.
  const first = compareWithCcusage({ theirs, ours, facts: [], book });
  const comparison = first.differences.length === 0 ? first : await withFacts(first);
  return {
    printed: printComparison(comparison, format, columns),
    isExplained: comparison.differences.every(({ cause }) => cause !== "unexplained"),
  };

  async function withFacts({ differences }: Comparison): Promise<Comparison> {
    const { facts, transcribed } = await readTranscriptFacts(transcripts, new Set(differences.map(({ session }) => session)));
    return compareWithCcusage({ theirs, ours, facts, book, ...(transcribed.size > 0 && { transcribed }) });
  }
}

async function readOurs(source: UsageSource): Promise<readonly Ours[]> {
  const sums = await source.sums({}, ["session", "model", "service"]);
  return sums.flatMap(({ group: [session, model, service], tokens, costPico, unpricedTokens, lastAt }) => {
    if (session === undefined || model === undefined || service === undefined) return [];
    return [{ session, model, service, tokens, unpricedTokens, lastAt, costPico: costPico.metered + costPico.subscription }];
  });
}

const read = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((error: Error) => {
    throw new UserError("invalid", "bad_file", `${file} cannot be read: ${error.message}`);
  });
