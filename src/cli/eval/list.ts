import { renderTerminal } from "../../bot/render/terminal.ts";
import { done, text } from "../../reply.ts";
import type { EvalSet } from "./read-set.ts";

/** What is in the set, for people or programs. */
export function printList({ failures, diffs, digest }: EvalSet, asJson: boolean, columns?: number): string {
  const rows = [
    ...failures.map(({ id, label }) => ["triage", id, `${label.toolchain}: ${label.kind}`, label.actions.join(", ")]),
    ...diffs.map(({ id, label }) => ["review", id, label.language, label.bugs?.map(({ kind }) => kind).join(", ") ?? "clean"]),
  ];
  if (asJson) return `${JSON.stringify({ digest, cases: rows.map(([set, id, of, right]) => ({ set, id, of, right })) }, undefined, 2)}\n`;
  const sum = `${failures.length} failures and ${diffs.length} diffs, set ${digest.slice(0, 12)}.`;
  const table = { kind: "table", columns: ["Set", "Case", "Of", "Right"], rows: rows.map((cells) => ({ cells })) } as const;
  return renderTerminal(done("listed", table, text(sum)), columns);
}
