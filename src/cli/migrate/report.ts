import { renderTerminal } from "../../bot/render/terminal.ts";
import { done, type Part, text } from "../../reply.ts";
import type { Carried } from "./carry-out.ts";

const mostProblems = 5;

/** What was, or would be, brought over. */
export function renderReport(carried: readonly Carried[], isApplied: boolean): string {
  if (carried.length === 0)
    return "There is nothing to bring over here: no docs/ci-status, no .claude/backoff and no .claude/failure-tracking in this checkout.\n";
  const rows = carried.map(({ step: { what, from, to, found, fresh } }) => ({
    cells: [what, from, String(found), fresh === 0 ? "nothing" : String(fresh), to],
  }));
  return renderTerminal(
    done(
      "migrated",
      { kind: "table", columns: ["What", "From", "Found", isApplied ? "Brought over" : "New", "Into"], rows },
      ...carried.flatMap(problemsOf),
      text(lastWord(carried, isApplied)),
    ),
  );
}

function problemsOf({ step: { from, left }, problem }: Carried): readonly Part[] {
  const more = left.length - mostProblems;
  return [
    ...(problem === undefined ? [] : [text(`${from} was not brought over: ${problem}`, "bad")]),
    ...left.slice(0, mostProblems).map((sentence) => text(`${from}: ${sentence}.`, "idle")),
    ...(more > 0 ? [text(`${from}: ${more} more like these.`, "idle")] : []),
  ];
}

function lastWord(carried: readonly Carried[], isApplied: boolean): string {
  const fresh = carried.reduce((sum, { step }) => sum + step.fresh, 0);
  const found = carried.reduce((sum, { step }) => sum + step.found, 0);
  if (found === 0) return "Nothing in these files can be brought over.";
  if (fresh === 0) return "What can be brought over is here already.";
  if (!isApplied) return "Nothing is written yet. To do it: nextrust migrate --apply. The files stay as they are.";
  return "Done. The files stayed as they were; running it again brings over what is new by then.";
}

/** The same for programs. */
export function reportJson(carried: readonly Carried[], isApplied: boolean): string {
  const steps = carried.map(({ step: { apply: _, ...step }, problem }) => ({ ...step, ...(problem !== undefined && { problem }) }));
  return `${JSON.stringify({ applied: isApplied, steps }, undefined, 2)}\n`;
}
