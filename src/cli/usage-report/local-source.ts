import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { readLedger } from "../../state/embedded/read-ledger.ts";
import type { UsageSource } from "./source.ts";

/**
 * The ledger of a state file.
 *
 * @param transcripts where Claude Code keeps its own on this machine
 * @throws UserError that says how to get a ledger where there is none
 */
export async function localSource(file: string, transcripts: readonly string[]): Promise<UsageSource> {
  if (!existsSync(file)) throw new UserError("not_applicable", "no_ledger", howToBegin(file, transcripts.find(holdsTranscripts)));
  return { ...(await readLedger(file)), name: file };
}

function howToBegin(file: string, transcripts: string | undefined): string {
  if (transcripts !== undefined)
    return `There is no ledger at ${file} yet, but Claude Code has transcripts in ${transcripts}: run nextrust import first, then ask again.`;
  return `There is no ledger at ${file} yet. Fill one by nextrust import, or ask a running bot: set NEXTRUST_URL and NEXTRUST_API_TOKEN.`;
}

function holdsTranscripts(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some(
    (each) => each.isDirectory() && readdirSync(join(folder, each.name)).some((name) => name.endsWith(".jsonl")),
  );
}
