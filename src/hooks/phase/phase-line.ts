import { countInWords, deliverablesHere, missingInWords } from "../../machine/deliverables.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { type PhaseHere, phaseHere, phaseHereInWords } from "../../pipeline/sessions/phase-log.ts";
import type { Context } from "../context.ts";

const longestList = 300;

/** Where the work in the checkout is; undefined where nobody knows. */
export const phaseNow = (context: Pick<Context, "plan" | "journal">): PhaseHere | undefined =>
  phaseHere(context.plan(), context.journal().phases.current());

/** `Phase phase-2 LLVM Backend Modifications: 1 of 3 deliverables are there` */
export function phaseLine(here: PhaseHere, project: string): string {
  const count = here.phase && countInWords(deliverablesHere(project, here.phase));
  return `Phase ${phaseHereInWords(here)}${count === undefined ? "" : `: ${count}`}`;
}

/** The same, with what is missing by name. */
export function phaseWithMissing(here: PhaseHere, project: string): string {
  const missing = here.phase ? missingInWords(deliverablesHere(project, here.phase)) : "";
  return `${phaseLine(here, project)}.${missing === "" ? "" : ` Not there yet: ${clipped(missing, longestList)}.`}`;
}
