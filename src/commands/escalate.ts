import { escalate as callPeople } from "../pipeline/incidents/act.ts";
import { calledFor } from "../pipeline/incidents/called.ts";
import { incidentStep } from "../pipeline/incidents/describe.ts";
import { incidentName } from "../pipeline/incidents/incident.ts";
import { findIncident } from "../pipeline/incidents/on-incident.ts";
import { done, facts, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type ActingNeeds, actOn, historyStep } from "./act-on.ts";
import { defineCommand } from "./command.ts";
import { followedHere, hasIncidents } from "./followed-here.ts";
import { numberOf, takeIncident } from "./incident-named.ts";

type Needs = ActingNeeds & Pick<Services, "onCall" | "workspace">;

export const escalate = defineCommand({
  name: "escalate",
  usage: "[incident] [owner/repo@]",
  summary: "Call whoever is on call for a failure, now.",
  examples: [
    { args: "i12", does: "you need help with it" },
    { args: "", does: "the only incident that is open" },
  ],
  role: "write",
  isMutating: true,
  worksWhileFrozen: true,
  isOffered: hasIncidents,
  parse: takeIncident,
  targetOf: ({ target }) => target,

  async run(named, context, services: Needs): Promise<Reply> {
    const repository = followedHere(context, services);
    const number = await numberOf(named, "escalate", "", repository, services);
    const seen = await services.records.transaction((tx) => findIncident(tx, number, repository));
    const called = seen.state === "resolved" ? [] : await calledFor(seen, services);
    return actOn(
      { number, repository },
      (before, by, now) => callPeople(before, by, called, now, services.timings),
      ({ after }) => {
        const { owner } = after;
        const sentence =
          called.length === 0
            ? `${incidentName(after)} is escalated: the channel is told. Nobody else is called, since ${repository} names no on-call schedule.`
            : `${incidentName(after)} is escalated: the channel is told, and so is whoever is on call.`;
        return {
          ...done(
            "escalated",
            text(sentence, "good"),
            ...(called.length === 0 ? [] : [facts({ label: "On call", value: called.map(({ name }) => name).join(", ") })]),
          ),
          actions: [
            owner ? incidentStep("Take over", "ack", after, " --take-over") : incidentStep("Acknowledge", "ack", after),
            historyStep(after),
          ],
        };
      },
      context,
      services,
    );
  },
});
