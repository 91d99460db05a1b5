import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { filesBelow } from "../../../machine/import/find-transcripts.ts";
import type { Tally } from "../../../machine/import/tally.ts";
import { tellerOf } from "../../../machine/import/teller.ts";
import { holdsUsage, recordReading } from "../../import/reference.ts";
import { importLines, type Place } from "../../import/run.ts";
import type { Checkout, Step } from "../step.ts";

const folder = "docs/ci-status";

/** How the files are read: written nowhere, and also where they were read before. */
export interface ImportAsked {
  readonly dryRun?: true;
  readonly again?: true;
}

/** What was spent, into the ledger of this machine or of the bot. */
export async function usageSteps(
  { project, repository, now }: Checkout,
  placeFor: (asked: ImportAsked) => Promise<Place>,
): Promise<readonly Step[]> {
  const root = join(project, folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return [];
  const found = filesBelow(root, holdsUsage);
  if (found.files.length === 0) return [];
  // The reference said what each session would have cost by the list: whoever paid by subscription imports it by hand, with --basis.
  const teller = tellerOf({ basis: "metered", ...(repository !== undefined && { repository }) }, {}, now);
  const bring = async (asked: ImportAsked) => importLines(found, recordReading(teller), await placeFor(asked));
  const all = await bring({ dryRun: true, again: true });
  const changed = await bring({ dryRun: true });
  return [
    {
      what: "usage",
      from: [...new Set(found.files.map((file) => relative(project, join(file, ".."))))].join(", "),
      to: "the ledger: nextrust usage-report",
      found: all.requests.recorded,
      fresh: changed.requests.recorded,
      left: problemsIn(all),
      async apply() {
        await bring({});
      },
    },
  ];
}

function problemsIn({ brokenLines, tooLongLines, firstBroken, lostSessions, unreadable }: Tally): readonly string[] {
  const bad = brokenLines + tooLongLines;
  return [
    ...(bad > 0 ? [`${bad} ${bad === 1 ? "line" : "lines"} cannot be read, the first: ${firstBroken}`] : []),
    ...(lostSessions > 0
      ? [`${lostSessions} ${lostSessions === 1 ? "session was" : "sessions were"} never captured: what they cost is not known`]
      : []),
    ...unreadable,
  ];
}
