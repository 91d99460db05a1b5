import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { localSource } from "../../../src/cli/usage-report/local-source.ts";
import type { UsageSource } from "../../../src/cli/usage-report/source.ts";
import type { LedgerEntry } from "../../../src/pipeline/usage/ledger.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { readLedger } from "../../../src/state/embedded/read-ledger.ts";

/** A state file with these requests in it. */
async function aStateFile(entries: readonly LedgerEntry[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-usage-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "nextrust.db");
  const state = await openEmbedded({ file });
  await state.records.transaction(({ ledger }) => ledger.append(entries));
  await state.close();
  return file;
}

/** The same, opened as the report does. */
export async function aSource(entries: readonly LedgerEntry[]): Promise<UsageSource> {
  const source = await localSource(await aStateFile(entries), [], readLedger);
  onTestFinished(() => source.close());
  return { ...source, name: "nextrust.db" };
}
