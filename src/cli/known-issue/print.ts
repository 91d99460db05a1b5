import { renderTerminal } from "../../bot/render/terminal.ts";
import type { ListedIssue } from "../../pipeline/known-issues/known-issues.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import type { IssueSighting } from "../../pipeline/sessions/issue-sightings.ts";
import { done } from "../../reply.ts";

/**
 * What the bot itself has counted is told by its own command.
 *
 * @param here what hooks of Claude Code counted in this checkout
 */
export function printIssues(all: readonly ListedIssue[], here: readonly IssueSighting[], asJson: boolean): string {
  const seen = new Map(here.map((sighting) => [sighting.issue, sighting]));
  if (asJson)
    return `${JSON.stringify(
      all.map((issue) => toJson(issue, seen.get(issue.id))),
      undefined,
      2,
    )}\n`;
  if (all.length === 0) return "There are no known issues.\n";
  const isAnySeen = all.some(({ id }) => seen.has(id));
  const rows = all.map(({ id, errorPattern, description }) => ({
    cells: [id, errorPattern, ...(isAnySeen ? [seenInWords(seen.get(id))] : []), description],
  }));
  const columns = ["Id", "Pattern", ...(isAnySeen ? ["Seen here"] : []), "What it is"];
  return renderTerminal(done("listed", { kind: "table", columns, rows }));
}

const seenInWords = (sighting: IssueSighting | undefined): string =>
  sighting ? `${sighting.seen} ×, last ${momentInWords(sighting.lastAt)}` : "";

function toJson({ isError, contexts, seenBefore, ...issue }: ListedIssue, sighting: IssueSighting | undefined) {
  const here = sighting && { seen: sighting.seen, lastAt: new Date(sighting.lastAt).toISOString() };
  return { ...issue, occurrences: seenBefore, ...(here && { here }) };
}
