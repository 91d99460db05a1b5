import { UserError } from "../errors.ts";
import type { Acted } from "../pipeline/incidents/act.ts";
import type { Change } from "../pipeline/incidents/change.ts";
import { endInWords, incidentStep } from "../pipeline/incidents/describe.ts";
import { type Incident, incidentName, type Person } from "../pipeline/incidents/incident.ts";
import { actOnIncident } from "../pipeline/incidents/on-incident.ts";
import { type Action, facts, type Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Context } from "./command.ts";

export type ActingNeeds = Pick<Services, "records" | "discussions" | "followed" | "policies" | "now" | "pager" | "timings" | "links">;

/**
 * Acts on an incident for whoever asks. What came of it, its messages, its timers and the outcome of the command are one transaction.
 *
 * @param said what the asker is told of the change
 * @throws UserError (not_applicable) where nothing changed: it is over, or somebody else's
 */
export async function actOn(
  about: { readonly number: number; readonly repository: string },
  act: (before: Incident, by: Person, now: number) => Acted,
  said: (change: Change, kind: "changed" | "confirmed") => Reply,
  context: Context,
  services: ActingNeeds,
): Promise<Reply> {
  const by = await personOf(context, services);
  return actOnIncident(
    { ...about, intent: context.intent },
    (before, now) => act(before, by, now),
    async (acted, incident, tx) => {
      if (!("change" in acted)) throw unchanged(acted, incident);
      const reply = said(acted.change, acted.kind);
      await context.conclude(tx, reply);
      return reply;
    },
    services,
  );
}

/** Whoever asks, as an incident's owner: the same person, wherever they come from. */
export async function personOf({ actor, slack }: Pick<Context, "actor" | "slack">, { links }: Pick<Services, "links">): Promise<Person> {
  const { key, name, account } = actor;
  const slackUser = slack?.user ?? (account && (await links.slackUserOf(account.id)));
  return { key, name, ...(account && { account }), ...(slackUser !== undefined && { slackUser }) };
}

function unchanged(acted: Exclude<Acted, { readonly change: Change }>, incident: Incident): UserError {
  const name = incidentName(incident);
  switch (acted.kind) {
    case "taken": {
      const { person, since } = acted.owner;
      return new UserError("not_applicable", "taken", `${person.name} has ${name}, so nothing changed.`, {
        parts: [facts({ label: "Since", value: { at: since } })],
        actions: [incidentStep("Take over", "ack", incident, " --take-over")],
      });
    }
    case "nobodys":
      return new UserError("not_applicable", "nobodys", `Nobody has ${name}, so there is nothing to give back.`, {
        actions: [incidentStep("Acknowledge", "ack", incident, "", "primary")],
      });
    case "over":
      return alreadyOver(incident);
  }
}

/** The refusal of whatever is asked of one that is resolved: it is never opened again. */
export function alreadyOver(incident: Incident): UserError {
  const { resolved } = incident;
  const how = resolved?.as === "by_hand" ? `${resolved.by?.name ?? "Somebody"} closed it` : `it was ${endInWords(incident)}`;
  return new UserError("not_applicable", "over", `${incidentName(incident)} is over: ${how}. Nothing changed.`, {
    ...(resolved && { parts: [facts({ label: "Over since", value: { at: resolved.at } })] }),
    actions: [historyStep(incident)],
  });
}

export const historyStep = (incident: Incident): Action => incidentStep("What happened", "incidents", incident);
