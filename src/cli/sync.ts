import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { journalFileIn } from "../config/present.ts";
import type { Synced } from "./sync/print.ts";

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
}

const patienceMs = 60_000;
/** What is set aside is shown by so many. */
const mostShown = 100;

export const sync = new Command("sync")
  .description(
    "Tell the bot (NEXTRUST_URL), or write into the ledger of this machine, what the hooks of this checkout have not told yet. Ends with 1 when something is left.",
  )
  .option("--dry-run", "say what waits, and tell nothing")
  .option("--json", "print JSON for other programs")
  .action(async ({ dryRun, json }: Options) => {
    const synced = await run(dryRun === true);
    const { isAllTold, renderSync, syncJson } = await import("./sync/print.ts");
    process.stdout.write(json ? syncJson(synced) : renderSync(synced));
    if (!isAllTold(synced)) process.exitCode = 1;
  });

/** A terminal's composition root: the journal of the checkout around the folder, and where its events go. */
async function run(isDryRun: boolean): Promise<Synced> {
  const { placeOf } = await import("../hooks/place/place.ts");
  const place = placeOf(process.cwd(), process.env);
  const file = journalFileIn(place.dataDir);
  if (!existsSync(file)) return { told: 0, isDryRun, end: "empty", waiting: 0, lost: 0, aside: [] };

  const [{ openJournal }, { drainPatiently }, { ledgerOf }] = await Promise.all([
    import("../state/sessions/open.ts"),
    import("../pipeline/sessions/drain-patiently.ts"),
    import("../machine/spool/ledger-of.ts"),
  ]);
  const journal = openJournal(file);
  const tell = () => {
    journal.spool.tryAgain(Date.now(), Date.now());
    const open = async () => (await ledgerOf({ ...place, variables: process.env })).spool();
    return drainPatiently(journal, open, { withinMs: patienceMs, insists: true, now: Date.now, wait: sleep });
  };
  try {
    const { told, end } = isDryRun ? ({ told: 0, end: "empty" } as const) : await tell();
    const { waiting, lost, trouble } = journal.spool.standing();
    const aside = journal.spool.aside(mostShown).map(({ event, problem }) => ({
      id: event.type === "usage" ? event.usage.id : event.id,
      type: event.type,
      problem,
    }));
    return { told, isDryRun, end, waiting, lost, aside, ...(trouble && { trouble: trouble.text }) };
  } finally {
    journal.close();
  }
}
