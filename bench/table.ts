import type { Row } from "./row.ts";

const heads = ["Figure", "Ours", "Peer", "Ratio", "Aim", ""] as const;

/** A Markdown table that reads well in a terminal too. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map(({ figure, ours, peer = "", ratio = "", aim = "", isMet }) => [figure, ours, peer, ratio, aim, verdict(isMet)]);
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(heads), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...cells.map(line)].join("\n");
}

const verdict = (isMet: boolean | undefined): string => (isMet === undefined ? "" : isMet ? "met" : "missed");
