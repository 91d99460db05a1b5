import { isSame, unacknowledge } from "../pipeline/incidents/act.ts";
import type { Change } from "../pipeline/incidents/change.ts";
import { incidentStep } from "../pipeline/incidents/describe.ts";
import { incidentName } from "../pipeline/incidents/incident.ts";
import { done, facts, type Reply, text } from "../reply.ts";
import { type ActingNeeds, actOn } from "./act-on.ts";
import { defineCommand } from "./command.ts";
import { followedHere, hasIncidents } from "./followed-here.ts";
import { numberOf, takeIncident } from "./incident-named.ts";

export const unack = defineCommand({
  name: "unack",
  usage: "[incident] [owner/repo@]",
  summary: "Give a failure back: it is nobody's, and people are called for it again.",
  examples: [
    { args: "i12", does: "somebody else may take it" },
    { args: "", does: "the only incident that is open" },
  ],
  role: "write",
  isMutating: true,
  isUnspaced: true,
  worksWhileFrozen: true,
  isOffered: hasIncidents,
  parse: takeIncident,
  targetOf: ({ target }) => target,

  async run(named, context, services: ActingNeeds): Promise<Reply> {
    const repository = followedHere(context, services);
    const number = await numberOf(named, "unack", "", repository, services);
    return actOn({ number, repository }, (before, by, now) => unacknowledge(before, by, now, services.timings), said, context, services);
  },
});

function said({ after, transitions: [news] }: Change): Reply {
  const { escalateAt } = after.due;
  const whose = news?.from && news.by && !isSame(news.from, news.by) ? `; ${news.from.name} had it` : "";
  return {
    ...done(
      "unacknowledged",
      text(`${incidentName(after)} is nobody's again${whose}.`, "good"),
      ...(escalateAt === undefined ? [] : [facts({ label: "Escalated unless taken by", value: { at: escalateAt } })]),
    ),
    actions: [incidentStep("Acknowledge", "ack", after, "", "primary")],
  };
}
