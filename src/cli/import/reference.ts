import { existsSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { type Found, filesBelow } from "../../machine/import/find-transcripts.ts";
import type { Reading } from "../../machine/import/import-files.ts";
import { createReferenceParser } from "../../pipeline/usage/import/reference.ts";
import type { Teller } from "../../pipeline/usage/import/told.ts";

/**
 * The files that are named; of folders those whose names say that they hold usage.
 *
 * @throws UserError where one is not there, or a folder holds none
 */
export function findRecords(named: readonly string[]): Found {
  const missing = named.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UserError("invalid", "not_found", `${missing} is not there.`);
  const found = named.map((path) =>
    statSync(path).isDirectory() ? filesBelow(path, holdsUsage) : { files: [resolve(path)], unreadable: [] },
  );
  const files = [...new Set(found.flatMap((each) => each.files))];
  if (files.length > 0) return { files, unreadable: found.flatMap(({ unreadable }) => unreadable) };
  throw new UserError(
    "invalid",
    "not_found",
    `${named.join(", ")}: there is no token-usage-YYYYMM.jsonl and no usage/*.jsonl. Name the files themselves.`,
  );
}

export const holdsUsage = (path: string): boolean =>
  /^token-usage-\d{6}\.jsonl$/.test(basename(path)) || basename(dirname(path)) === "usage";

/** These files are small, and what a line is called depends on those before it: one that has changed is read as a whole. */
export const recordReading = (teller: Teller): Omit<Reading, "onProgress"> => ({
  unit: "record",
  isAppended: false,
  parserOf: () => createReferenceParser(teller),
});
