import { acknowledge } from "../pipeline/incidents/act.ts";
import type { Change } from "../pipeline/incidents/change.ts";
import { incidentStep, titleOf } from "../pipeline/incidents/describe.ts";
import { incidentName } from "../pipeline/incidents/incident.ts";
import { done, type Fact, facts, type Reply, text } from "../reply.ts";
import { type ActingNeeds, actOn, historyStep } from "./act-on.ts";
import { defineCommand } from "./command.ts";
import { followedHere, hasIncidents } from "./followed-here.ts";
import { numberOf, takeIncident } from "./incident-named.ts";

export const ack = defineCommand({
  name: "ack",
  usage: "[incident] [--take-over] [owner/repo@]",
  summary: "Say that a failure is yours until it is green: nobody else is called for it.",
  examples: [
    { args: "i12", does: "you have it, unless somebody else does" },
    { args: "i12 --take-over", does: "you have it, whoever had it" },
    { args: "", does: "the only incident that is open" },
  ],
  role: "write",
  isMutating: true,
  isUnspaced: true,
  worksWhileFrozen: true,
  isOffered: hasIncidents,
  parse: (args) => ({ isTakeOver: args.switch("take-over"), ...takeIncident(args) }),
  targetOf: ({ target }) => target,

  async run({ isTakeOver, ...named }, context, services: ActingNeeds): Promise<Reply> {
    const repository = followedHere(context, services);
    const number = await numberOf(named, "ack", isTakeOver ? " --take-over" : "", repository, services);
    return actOn(
      { number, repository },
      (before, by, now) => acknowledge(before, by, isTakeOver, now, services.timings),
      said,
      context,
      services,
    );
  },
});

function said({ after, transitions }: Change, kind: "changed" | "confirmed"): Reply {
  const name = incidentName(after);
  const from = transitions[0]?.from;
  const sentence = kind === "confirmed" ? `${name} is still yours.` : `${name} is yours now${from ? `; ${from.name} had it` : ""}.`;
  const reason = kind === "confirmed" ? "still_yours" : from ? "taken_over" : "acknowledged";
  const { remindAt, snoozedUntil } = after.due;
  const next: Fact[] = [
    { label: "What", value: titleOf(after) },
    ...(remindAt === undefined ? [] : [{ label: "You are asked again", value: { at: remindAt } }]),
    ...(snoozedUntil === undefined ? [] : [{ label: "Snoozed until", value: { at: snoozedUntil } }]),
    ...(after.snooze?.until === "fixed" ? [{ label: "Snoozed", value: "until it is fixed" }] : []),
  ];
  return {
    ...done(reason, text(sentence, "good"), facts(...next)),
    link: { text: `Run #${after.lastRed.number}`, url: after.lastRed.url },
    actions: [incidentStep("Give it back", "unack", after), historyStep(after)],
  };
}
