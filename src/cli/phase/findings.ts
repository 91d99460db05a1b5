import { countInWords, type DeliverableHere, deliverablesHere } from "../../machine/deliverables.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { deliverableInWords, phaseInWords } from "../../pipeline/phases/phases.ts";
import { type PhaseEntered, type PhaseHere, phaseHere, phaseHereInWords } from "../../pipeline/sessions/phase-log.ts";
import { type Fact, facts, type Mood, type Part, text } from "../../reply.ts";
import type { Checkout } from "../checkout.ts";

const fewChanges = 5;

/** The phase of a checkout, as far as it can be seen there. */
export interface PhaseFindings {
  readonly here: PhaseHere | undefined;
  readonly deliverables: readonly DeliverableHere[];
  /** Newest first. */
  readonly history: readonly PhaseEntered[];
  /** What is wrong with the settings, which say which phases there are. */
  readonly problems: readonly string[];
}

export function phaseFindings(checkout: Checkout): PhaseFindings {
  const phases = checkout.existingJournal()?.phases;
  const here = phaseHere(checkout.plan(), phases?.current());
  return {
    here,
    deliverables: here?.phase ? deliverablesHere(checkout.place.project, here.phase) : [],
    history: phases?.history(fewChanges) ?? [],
    problems: checkout.problems,
  };
}

export const phaseInJson = ({ here, deliverables, history, problems }: PhaseFindings): object => ({
  current: here
    ? { id: here.id, name: here.phase?.name ?? null, since: here.entered ? iso(here.entered.at) : null, next: here.next?.id ?? null }
    : null,
  deliverables: deliverables.map(({ deliverable, state }) => ({ deliverable: deliverableInWords(deliverable), state })),
  history: history.map(({ at, ...entered }) => ({ ...entered, at: iso(at) })),
  problems,
});

const iso = (at: number): string => new Date(at).toISOString();

export function phaseParts({ here, deliverables, history, problems }: PhaseFindings): Part[] {
  const wrong = problems.length === 0 ? [] : [text(`There is a mistake in the settings:\n${problems.join("\n")}`, "bad")];
  if (!here) {
    const how = "Describe the phases in config/nextrust.yml, under phases, or say one with: nextrust set-phase phase-1";
    return [...wrong, text(`No phase is known here. ${how}`, "idle")];
  }
  const count = countInWords(deliverables);
  const isComplete = deliverables.length > 0 && deliverables.every(({ state }) => state === "there");
  return [
    ...wrong,
    text(`Phase ${phaseHereInWords(here)}${count === undefined ? "" : `: ${count}`}`, isComplete ? "good" : "busy"),
    facts(...factsOf(here)),
    ...(deliverables.length > 0 ? [deliverableTable(deliverables)] : []),
    ...(history.length > 1 ? [historyTable(history)] : []),
  ];
}

function factsOf({ entered, next }: PhaseHere): Fact[] {
  const since = entered
    ? { label: "Since", value: `${momentInWords(entered.at)}, by ${entered.by}` }
    : { label: "Set by", value: "nobody yet: it is the first of the settings" };
  return [
    since,
    ...(entered?.reason === undefined ? [] : [{ label: "Why", value: entered.reason }]),
    ...(next ? [{ label: "Next", value: phaseInWords(next) }] : []),
  ];
}

const moods: Readonly<Record<DeliverableHere["state"], Mood>> = { there: "good", missing: "bad", "not seen here": "idle" };

function deliverableTable(deliverables: readonly DeliverableHere[]): Part {
  const isFromGitHub = deliverables.some(({ state }) => state === "not seen here");
  return {
    kind: "table",
    columns: ["State", "Deliverable"],
    rows: deliverables.map(({ deliverable, state }) => ({ mood: moods[state], cells: [state, deliverableInWords(deliverable)] })),
    ...(isFromGitHub && { more: "Checks and workflows are seen by the bot: check-phase" }),
  };
}

function historyTable(history: readonly PhaseEntered[]): Part {
  const rows = history.map(({ at, id, by, reason }) => ({ cells: [momentInWords(at), id, by, reason ?? ""] }));
  return { kind: "table", columns: ["When", "Phase", "Who", "Why"], rows };
}
