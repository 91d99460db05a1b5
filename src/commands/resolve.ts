import { jobsInWords, placeOf } from "../pipeline/incidents/describe.ts";
import { resolveByHand } from "../pipeline/incidents/green.ts";
import { incidentName } from "../pipeline/incidents/incident.ts";
import { findIncident } from "../pipeline/incidents/on-incident.ts";
import { done, facts, type Reply, text } from "../reply.ts";
import { type ActingNeeds, actOn, alreadyOver, historyStep } from "./act-on.ts";
import { defineCommand, type NoQuestion, type Question } from "./command.ts";
import { followedHere, hasIncidents } from "./followed-here.ts";
import { numberOf, takeIncident } from "./incident-named.ts";

export const resolve = defineCommand({
  name: "resolve",
  usage: "[incident] [owner/repo@]",
  summary: "Close an incident by hand; asks first while it is red. One that is green again is closed by itself.",
  examples: [
    { args: "i12", does: "nobody needs to look at it any more" },
    { args: "", does: "the only incident that is open" },
  ],
  role: "write",
  isMutating: true,
  isUnspaced: true,
  worksWhileFrozen: true,
  isOffered: hasIncidents,
  parse: takeIncident,
  targetOf: ({ target }) => target,

  async ask(named, context, services: ActingNeeds): Promise<Question | NoQuestion> {
    const repository = followedHere(context, services);
    const number = await numberOf(named, "resolve", "", repository, services);
    const incident = await services.records.transaction((tx) => findIncident(tx, number, repository));
    if (incident.state === "resolved") throw alreadyOver(incident);
    const agreedTo = { incident: number };
    // It was green once since: only the second time is waited for.
    if (incident.greens.length > 0) return { agreedTo };

    const { subject, jobs, lastRed } = incident;
    const name = incidentName(incident);
    const what =
      subject.kind === "outage"
        ? `The same error was last seen in ${jobsInWords(jobs)}`
        : `${placeOf(incident)} is still red: ${jobsInWords(jobs)}`;
    return {
      parts: [
        text(`${what}. Close ${name} all the same?`),
        facts({ label: "Last red", value: { text: `Run #${lastRed.number}`, url: lastRed.url } }),
      ],
      label: "Close it all the same",
      confirm: { title: `Close ${name}?`, text: `${what}. Nobody is called for it any more; if it fails again, another one begins.` },
      agreedTo,
    };
  },

  async run(_, context, services: ActingNeeds, agreedTo): Promise<Reply> {
    const repository = followedHere(context, services);
    const { incident: number } = agreedTo as { incident: number };
    return actOn(
      { number, repository },
      (before, by, now) => (before.state === "resolved" ? { kind: "over" } : { kind: "changed", change: resolveByHand(before, by, now) }),
      ({ after }) => ({
        ...done("resolved", text(`${incidentName(after)} is closed. If it fails again, another one begins.`, "good")),
        actions: [historyStep(after)],
      }),
      context,
      services,
    );
  },
});
