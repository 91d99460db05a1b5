import { renderTerminal } from "../../bot/render/terminal.ts";
import type { ListedIssue } from "../../pipeline/known-issues/known-issues.ts";
import { done } from "../../reply.ts";

/** What the bot itself has counted is told by its own command. */
export function printIssues(all: readonly ListedIssue[], asJson: boolean): string {
  if (asJson) return `${JSON.stringify(all.map(toJson), undefined, 2)}\n`;
  if (all.length === 0) return "There are no known issues.\n";
  const rows = all.map(({ id, errorPattern, description }) => ({ cells: [id, errorPattern, description] }));
  return renderTerminal(done("listed", { kind: "table", columns: ["Id", "Pattern", "What it is"], rows }));
}

function toJson({ isError, contexts, seenBefore, ...issue }: ListedIssue) {
  return { ...issue, occurrences: seenBefore };
}
