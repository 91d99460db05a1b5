import type { Selectable } from "kysely";
import type { Place } from "../../pipeline/usage/ledger.ts";
import type { Basis } from "../../pipeline/usage/usage.ts";
import type { UsageTables } from "./usage-tables.ts";

export const placeColumns = ["at", "basis", "session", "repository", "pull_request"] as const;

export const toPlace = (row: Pick<Selectable<UsageTables["usage_entries"]>, (typeof placeColumns)[number]>): Place => ({
  at: Number(row.at),
  basis: row.basis as Basis,
  ...(row.session !== null && { session: row.session }),
  ...(row.repository !== null && { repository: row.repository }),
  ...(row.pull_request !== null && { pullRequest: row.pull_request }),
});
