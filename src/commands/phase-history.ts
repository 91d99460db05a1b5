import { momentInWords } from "../pipeline/moment-in-words.ts";
import type { PhaseChange } from "../pipeline/phases/phase-changes.ts";
import type { PhasePlan } from "../pipeline/phases/phases.ts";
import type { Table } from "../reply.ts";
import { nameOf } from "./phase-plan.ts";

/** What was changed when, by whom and why; undefined where nothing was. */
export function historyOf(plan: PhasePlan, changes: readonly PhaseChange[]): Table | undefined {
  if (changes.length === 0) return undefined;
  const rows = changes.map(({ at, kind, from, to, actorName, reason }) => {
    const what = kind === "reset" ? `reset: ${nameOf(plan, to)}` : `${from} to ${nameOf(plan, to)}`;
    return { cells: [momentInWords(at), reason === undefined ? what : `${what} (${reason})`, actorName] };
  });
  return { kind: "table", columns: ["When", "What", "Who"], rows };
}
