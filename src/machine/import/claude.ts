import { existsSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import type { Teller } from "../../pipeline/usage/import/told.ts";
import { parseTranscriptLine } from "../../pipeline/usage/import/transcript.ts";
import { type Found, filesBelow, projectsIn, transcriptFolders } from "./find-transcripts.ts";
import type { Reading } from "./import-files.ts";

interface Where {
  readonly home: string;
  readonly configured: string | undefined;
}

/**
 * The transcripts that are named, or else those of this account.
 *
 * @throws UserError where there is none
 */
export function findTranscripts(named: readonly string[], where: Where): Found {
  const missing = named.find((path) => !existsSync(path));
  if (missing !== undefined) throw nothingThere(`${missing} is not there.`);
  if (named.length > 0) {
    const all = together(named.map((path) => (statSync(path).isDirectory() ? filesIn(path) : { files: [resolve(path)], unreadable: [] })));
    if (isNothing(all)) throw nothingThere(`There are no transcripts (*.jsonl) in ${named.join(", ")}.`);
    return all;
  }

  const folders = transcriptFolders(where);
  const present = folders.filter((folder) => existsSync(folder));
  const found = together(present.map(filesIn));
  if (!isNothing(found)) return found;
  if (present.length > 0) throw nothingThere(`Claude Code has left no transcripts in ${present.join(" or ")}. Name a folder or a file.`);
  const source = where.configured === undefined ? "" : ", which CLAUDE_CONFIG_DIR names";
  throw nothingThere(`Claude Code has left no transcripts here: there is no ${folders.join(" or ")}${source}. Name a folder or a file.`);
}

const filesIn = (folder: string): Found => filesBelow(projectsIn(folder), () => true);

const isNothing = ({ files, unreadable }: Found): boolean => files.length + unreadable.length === 0;

const together = (found: readonly Found[]): Found => ({
  files: [...new Set(found.flatMap(({ files }) => files))],
  unreadable: found.flatMap(({ unreadable }) => unreadable),
});

/** Only lines with the usage of an answer are understood at all; text that quotes such a line has its quotes escaped. */
export const transcriptReading = (teller: Teller): Omit<Reading, "onProgress"> => ({
  unit: "request",
  needles: [Buffer.from('"usage"')],
  isAppended: true,
  parserOf: (path) => {
    const isSidechain = basename(dirname(path)) === "subagents";
    return (line) => parseTranscriptLine(line, { ...teller, isSidechain });
  },
});

const nothingThere = (message: string): UserError => new UserError("invalid", "not_found", message);
