import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importLines, type Place } from "../../../src/cli/import/run.ts";
import { transcriptReading } from "../../../src/machine/import/claude.ts";
import { filesBelow } from "../../../src/machine/import/find-transcripts.ts";
import { nowhere, ownLedgerIn } from "../../../src/machine/import/own-ledger.ts";
import type { Tally } from "../../../src/machine/import/tally.ts";
import type { Destination } from "../../../src/pipeline/usage/import/destination.ts";
import { emptyBook, type PriceBook } from "../../../src/pipeline/usage/price-book.ts";
import { ownLedger, readImportMarks } from "../../../src/state/embedded/import-marks.ts";
import { openImports } from "../../../src/state/embedded/open-imports.ts";
import { readLedger } from "../../../src/state/embedded/read-ledger.ts";

const teller = { basis: "metered", actor: "ada", now: Date.parse("2026-11-23T00:00:00Z") } as const;

/** A folder of transcripts, and a state file beside it. */
export function aStage({ prices = emptyBook }: { prices?: PriceBook } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-import-"));
  const stateFile = join(folder, "nextrust.db");

  const place: Place = {
    isWatched: false,
    marks: async () => readImportMarks(stateFile, ownLedger),
    open: async () => ownLedgerIn(await openImports(stateFile, "UTC"), ownLedger, prices),
  };

  return {
    folder,
    stateFile,
    place,
    path: (name: string) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),

    import(more: { place?: Partial<Place>; from?: string } = {}): Promise<Tally> {
      const found = filesBelow(more.from ?? folder, () => true);
      return importLines(found, transcriptReading(teller), { ...place, ...more.place });
    },

    async dryRun(): Promise<Tally> {
      return await this.import({ place: { open: async (): Promise<Destination> => nowhere(prices) } });
    },

    /** Everything that the ledger says, as text that can be compared. */
    async ledger(): Promise<readonly string[]> {
      const ledger = await readLedger(stateFile);
      try {
        const sums = await ledger.sums({}, ["model", "session", "actor", "day"]);
        return sums
          .map(({ group, requests, tokens, costPico, firstAt, lastAt }) =>
            [...group, requests, ...Object.values(tokens), costPico.metered, firstAt, lastAt].join(" "),
          )
          .toSorted();
      } finally {
        ledger.close();
      }
    },
  };
}

export interface RowChanges {
  readonly id?: string;
  readonly session?: string;
  readonly out?: number;
  readonly minute?: number;
}

/** One line of a transcript, with its newline. */
export const aRow = ({ id = "msg_1", session = "s1", out = 20, minute = 0 }: RowChanges = {}): string =>
  `${JSON.stringify({
    type: "assistant",
    sessionId: session,
    timestamp: `2026-11-20T10:${String(minute).padStart(2, "0")}:00.000Z`,
    message: { id, model: "claude-sonnet-4-5", usage: { input_tokens: 10, output_tokens: out }, content: "Grüße, 世界" },
  })}\n`;
