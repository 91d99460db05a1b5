import type { AuditRow } from "../../pipeline/audit.ts";
import { maskWith } from "../../pipeline/logs/mask.ts";
import { secretForms } from "../../pipeline/logs/secret-forms.ts";
import { toCsvCell } from "../csv-cell.ts";

export type Format = "csv" | "json";

/** An export holds this many rows and characters at most; the newest are kept. */
export const mostExported = 10_000;
export const longestExport = 2_000_000;

const columns = [
  ...(["endedAt", "actor", "actorName", "surface", "repository", "pullRequest", "command", "text"] as const),
  ...(["outcome", "reason", "durationMs"] as const),
] as const;
type Line = Readonly<Record<(typeof columns)[number], string | number | null>>;

export interface Export {
  readonly content: string;
  /** How many of the rows are in it. */
  readonly count: number;
}

/**
 * The rows as CSV (RFC 4180, with a header) or as a JSON array; times are ISO 8601 in UTC, and what looks like a secret is masked.
 *
 * @param secrets our own credentials
 * @param longest in characters
 */
export function exportRows(rows: readonly AuditRow[], format: Format, secrets: readonly string[], longest = longestExport): Export {
  const write = format === "csv" ? toCsvLine : toJson;
  const forms = secretForms(secrets);
  const lines: string[] = [];
  let length = 0;
  for (const row of rows) {
    const line = write(toLine(row, forms));
    length += line.length + 2;
    if (length > longest) break;
    lines.push(line);
  }
  const content =
    format === "csv"
      ? [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("")
      : lines.length === 0
        ? "[]\n"
        : `[\n${lines.join(",\n")}\n]\n`;
  return { content, count: lines.length };
}

function toLine({ endedAt, repository, pullRequest, text, ...row }: AuditRow, forms: readonly string[]): Line {
  const { actor, actorName, surface, command, outcome, reason, durationMs } = row;
  const who = { actor, actorName, surface };
  return {
    endedAt: new Date(endedAt).toISOString(),
    ...who,
    repository: repository ?? null,
    pullRequest: pullRequest ?? null,
    command: maskWith(command, forms),
    text: maskWith(text, forms),
    outcome,
    reason,
    durationMs,
  };
}

const toJson = (line: Line): string => JSON.stringify(line);

const toCsvLine = (line: Line): string => columns.map((column) => toCsvCell(line[column])).join(",");
