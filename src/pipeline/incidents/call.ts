import { revise } from "../outbox.ts";
import { tellPerson } from "../personal/tell-person.ts";
import type { Transaction } from "../records.ts";
import { lineOf } from "./describe.ts";
import type { Incident, Transition } from "./incident.ts";
import { describeCall } from "./tell.ts";

/** Whose it is, or that it is over, changes what people were told before. */
const turns: readonly Transition["kind"][] = ["acknowledged", "unacknowledged", "recovered"];

/** Who is asked or called hears of it in private, and what they were told before says how it is by now. */
export async function call(tx: Transaction, incident: Incident, transitions: readonly Transition[], now: number): Promise<void> {
  const { number, lastRed } = incident;
  if (transitions.some(({ kind }) => turns.includes(kind))) {
    for (const past of await tx.incidents.timeline(number))
      for (const person of peopleOf(past)) await revise(tx.outbox, keyOf(past, person), 0, describeCall(incident, past));
  }
  const line = { ...lineOf(incident), url: lastRed.url };
  for (const transition of transitions)
    for (const person of peopleOf(transition))
      await tellPerson(tx, person, { key: keyOf(transition, person), line, reply: describeCall(incident, transition) }, now);
}

const keyOf = ({ incident, ordinal }: Transition, person: string): string => `incident:${incident}:${ordinal}:${person}`;

/** The ids in Slack of those whom it concerns. */
function peopleOf({ kind, reason, called = [], from }: Transition): ReadonlySet<string> {
  const isAsked = (kind === "reminded" && reason === "owner") || (kind === "unacknowledged" && reason !== "by_hand");
  return new Set([isAsked ? from?.slackUser : undefined, ...called.map(({ slackUser }) => slackUser)].filter((id) => id !== undefined));
}
