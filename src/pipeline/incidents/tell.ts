import { type Action, facts, type Part, type Reply, text } from "../../reply.ts";
import { isSame } from "./act.ts";
import { endInWords, incidentStep, jobsInWords, lineOf, placeOf } from "./describe.ts";
import { type Incident, incidentName, type Person, type Transition } from "./incident.ts";

/** What the thread is told of a transition; undefined for what the message at its top says already. */
export function describeTransition(incident: Incident, transition: Transition): Reply | undefined {
  const { called = [], kind, reason, until } = transition;
  if (kind === "opened" || kind === "reopened") return undefined;
  // A phone shows the beginning alone, and there it must say what of.
  const parts: Part[] = [text(`${whatHappened(incident, transition)} · ${placeOf(incident)}`, moodOf(transition))];
  if (typeof until === "number") parts.push(facts({ label: "Until", value: { at: until } }));
  if (reason === "still_broken") parts.push(facts({ label: "Since", value: { at: incident.openedAt } }));
  if (called.length > 0) parts.push(facts({ label: kind === "escalated" ? "On call" : "Whom it may concern", value: { people: called } }));
  return { outcome: "done", reason: `${kind}_${reason}`, audience: "channel", parts };
}

/** A transition in one sentence: who did what, or why it came about. */
export function whatHappened(incident: Incident, { kind, reason, by, from, newJobs = [], until, run }: Transition): string {
  const name = incidentName(incident);
  const who = by?.name ?? "Somebody";
  const inRun = run ? ` in run #${run.number}` : "";
  const sinceRun = run ? `, since run #${run.number}` : "";
  switch (kind) {
    case "opened":
      return `${name} began: it failed${inRun}`;
    case "reopened":
      return `${name} began: it failed again${inRun}${incident.follows === undefined ? "" : `, after i${incident.follows}`}`;
    case "set_changed":
      return reason === "more_jobs"
        ? `${name}: ${jobsInWords(newJobs)} ${newJobs.length === 1 ? "fails" : "fail"}, too${sinceRun}`
        : `${name}: fewer jobs fail${sinceRun}`;
    case "acknowledged":
      return reason === "taken_over" ? `${who} took ${name} over from ${from?.name ?? "somebody"}` : `${who} has ${name} now`;
    case "unacknowledged":
      return unacknowledged(name, who, reason, by, from);
    case "reminded":
      return reminded(name, reason, from);
    case "escalated":
      if (reason === "by_hand") return `${who} escalated ${name}`;
      return `Nobody has taken ${name}${reason === "still_unowned" ? " yet, so it is escalated again" : ", so it is escalated"}`;
    case "snoozed":
      return `${who} snoozed ${name}${until === "fixed" ? " until it is fixed" : ""}`;
    case "downgraded":
      return `${name} is part of ${incident.outage === undefined ? "another one" : `i${incident.outage}`}, and people are called for that`;
    case "recovered":
      return reason === "by_hand" ? `${who} closed ${name}` : `${name} is ${endInWords(incident)}${run ? `, by run #${run.number}` : ""}`;
  }
}

function unacknowledged(name: string, who: string, reason: string, by: Person | undefined, from: Person | undefined): string {
  const owner = from?.name ?? "The owner";
  if (reason === "no_answer") return `${owner} did not answer, so ${name} is nobody's again`;
  if (reason === "more_jobs") return `${owner} took what failed before; ${name} is nobody's again`;
  return from && by && !isSame(from, by)
    ? `${who} gave ${name} back for ${from.name}, and it is nobody's`
    : `${who} gave ${name} back, and it is nobody's`;
}

function reminded(name: string, reason: string, from: Person | undefined): string {
  if (reason === "owner") return `${from?.name ?? "The owner"} is asked whether ${name} is still theirs`;
  if (reason === "snooze_over") return `The snooze of ${name} is over, and it is still red`;
  if (reason === "outage_over") return `What ${name} was part of is over, and it is still red`;
  if (reason === "own_error") return `${name} fails with an error of its own now`;
  return `${name} is still red`;
}

function moodOf({ kind }: Transition): "good" | "bad" | "busy" | "idle" {
  if (kind === "recovered") return "good";
  if (kind === "acknowledged") return "busy";
  return kind === "snoozed" || kind === "reminded" || kind === "downgraded" ? "idle" : "bad";
}

/** What a person is told in private: their incident waits for a word, or they are called; and what has become of that since. */
export function describeCall(incident: Incident, transition: Transition): Reply {
  const { text: line, mood } = lineOf(incident);
  const { kind, reason, by, from } = transition;
  const { owner, state } = incident;
  const isReminder = kind === "reminded";
  const isPast = state === "resolved" || (isReminder ? !owner || !from || !isSame(owner.person, from) : owner !== undefined && !by);
  const { releaseAt } = incident.due;
  return {
    outcome: "done",
    reason: `${kind}_${reason}`,
    audience: "asker",
    parts: [
      text(line, mood),
      ...(isPast ? [] : [text(isReminder ? "Are you still at it? Without an answer it is nobody's again." : whyCalled(kind, reason, by))]),
      ...(isReminder && !isPast && releaseAt !== undefined ? [facts({ label: "Answer by", value: { at: releaseAt } })] : []),
    ],
    link: { text: `Run #${incident.lastRed.number}`, url: incident.lastRed.url },
    actions: state === "resolved" ? [] : callSteps(incident, isReminder && !isPast),
  };
}

function callSteps(incident: Incident, isAsked: boolean): readonly Action[] {
  if (isAsked) return [incidentStep("Still at it", "ack", incident, "", "primary"), incidentStep("Give it back", "unack", incident)];
  return incident.owner
    ? [incidentStep("Take over", "ack", incident, " --take-over")]
    : [incidentStep("Acknowledge", "ack", incident, "", "primary")];
}

function whyCalled(kind: Transition["kind"], reason: string, by: Person | undefined): string {
  if (kind === "escalated")
    return reason === "by_hand"
      ? `${by?.name ?? "Somebody"} asks for your help with it.`
      : reason === "still_unowned"
        ? "You are called again: nobody has taken it yet."
        : "You are called because nobody has taken it.";
  return reason === "more_jobs"
    ? "More fails than what was taken, so it is nobody's again."
    : "Nobody answered for it, so it is nobody's again.";
}
