import type { AuditFilter, AuditPage, AuditRow } from "../../pipeline/audit.ts";
import type { Records } from "../../pipeline/records.ts";
import { longestExport } from "./export.ts";

/** A command may be as long as a comment, so that few enough to hold in memory are read at once. */
const rowsAtOnce = 500;

/** Reads rows for an export, newest first, and no more than can be in one. */
export async function readRows(
  filter: AuditFilter,
  { limit, before }: { readonly limit: number; readonly before?: number },
  records: Records,
): Promise<AuditPage> {
  const rows: AuditRow[] = [];
  let more = 0;
  let length = 0;
  do {
    const last = rows.at(-1)?.id ?? before;
    const from = { limit: Math.min(rowsAtOnce, limit - rows.length), ...(last !== undefined && { before: last }) };
    const page = await records.transaction((tx) => tx.audit.search(filter, from));
    rows.push(...page.rows);
    more = page.more;
    length += page.rows.reduce((sum, { text }) => sum + text.length, 0);
  } while (more > 0 && rows.length < limit && length < longestExport);
  return { rows, more };
}
