import { countInWords, type DeliverableHere, deliverablesHere } from "../../machine/deliverables.ts";
import { deliverableInWords, type Phase, phaseInWords } from "../../pipeline/phases/phases.ts";
import type { PhaseHere } from "../../pipeline/sessions/phase-log.ts";
import { ask, requestId } from "../advice/ask.ts";
import { fenced, isData } from "../advice/fenced.ts";
import type { Context } from "../context.ts";
import { phaseNow } from "./phase-line.ts";
import { type WorkOfPhase, workOfPhase } from "./work-of-phase.ts";

/** Asks for a review and a design, once for each time that the phase began in this checkout. */
export async function reviewPhase(context: Context): Promise<void> {
  const here = phaseNow(context);
  if (!here?.phase) return;
  const { share, review, design } = context.settings.phaseReview;
  const found = deliverablesHere(context.place.project, here.phase);
  if (!isComplete(found, share)) return;

  const idOf = (subject: string) => requestId(subject, context.origin().repository, context.place.project, here.id, here.entered?.at);
  const journal = context.journal();
  const asked = { review: review && !journal.advice.has(idOf("review")), design: design && !journal.advice.has(idOf("design")) };
  const next = asked.design ? here.next : undefined;
  if (!asked.review && !next) return;

  const reason = `${phaseInWords(here.phase)} is complete: ${standing(found)}`;
  const work = asked.review ? await workOfPhase(here, context) : undefined;
  journal.transaction(() => {
    if (work) {
      const details = reviewDetails(here.phase as Phase, found, work);
      ask(idOf("review"), { channel: "gemini", subject: "review", reason, details, phase: here.id }, context);
    }
    if (next) {
      const details = designDetails(here, next, found);
      ask(idOf("design"), { channel: "o3", subject: "design", reason, details, phase: here.id }, context);
    }
  });
}

/**
 * What cannot be seen from here counts neither way, and where nothing can be seen a phase is never complete: the bot's `check-phase` looks at all
 * of it.
 */
function isComplete(found: readonly DeliverableHere[], share: number): boolean {
  const seen = found.filter(({ state }) => state !== "not seen here");
  return seen.length > 0 && seen.filter(({ state }) => state === "there").length / seen.length >= share;
}

function standing(found: readonly DeliverableHere[]): string {
  const unseen = found.flatMap(({ deliverable, state }) => (state === "not seen here" ? [deliverableInWords(deliverable)] : []));
  return `${countInWords(found)}${unseen.length === 0 ? "" : ` (not looked at: ${unseen.join(", ")})`}`;
}

const listed = (phase: Phase): string =>
  phase.deliverables.length === 0 ? "none" : fenced(phase.deliverables.map(deliverableInWords).join("\n"));

const listedAsFound = (found: readonly DeliverableHere[]): string =>
  fenced(found.map(({ deliverable, state }) => `${state}: ${deliverableInWords(deliverable)}`).join("\n"));

const reviewDetails = (phase: Phase, found: readonly DeliverableHere[], { range, commits, files }: WorkOfPhase): string =>
  [
    `Review what was done in the phase ${phaseInWords(phase)}: is it complete, is it right, what is missing?`,
    isData,
    `Deliverables:\n${listedAsFound(found)}`,
    `Commits: ${range}${commits === undefined ? "" : ` (${commits})`}`,
    `Files: ${files === undefined ? "git could not say" : files.length === 0 ? "none" : `\n${fenced(files.join("\n"))}`}`,
  ].join("\n");

const designDetails = ({ phase }: PhaseHere, next: Phase, found: readonly DeliverableHere[]): string =>
  [
    `Design the phase ${phaseInWords(next)}: which steps, in which order, with which risks?`,
    isData,
    `Its deliverables:\n${listed(next)}`,
    `The phase before it${phase ? `, ${phaseInWords(phase)}` : ""}:\n${listedAsFound(found)}`,
  ].join("\n");
