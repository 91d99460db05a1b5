import type { AuditSearch } from "../../pipeline/audit.ts";
import { kyselyAuditSearch } from "../records/audit-search.ts";
import { openSnapshot } from "./open-snapshot.ts";

export interface AuditReader extends AuditSearch {
  close(): void;
}

/**
 * Reads the audit of a state file.
 *
 * @throws ServiceError, as openSnapshot does
 */
export async function readAudit(file: string): Promise<AuditReader> {
  const { db, close } = await openSnapshot(file, { table: "audit", column: "pull_request" });
  return { ...kyselyAuditSearch(db), close };
}
