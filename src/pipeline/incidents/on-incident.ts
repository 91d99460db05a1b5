import { UserError } from "../../errors.ts";
import type { Reply } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import { isSameName } from "../same-name.ts";
import type { Acted } from "./act.ts";
import type { Incident } from "./incident.ts";
import { type KeepNeeds, keep, Overtaken } from "./keep.ts";

const mostTries = 5;

export type ActNeeds = KeepNeeds & Pick<Services, "records">;

/** The incident that somebody acts on. */
export interface ToActOn {
  readonly number: number;
  readonly repository: string;
  /** Names the wish: what was done for it already is not done again. */
  readonly intent?: string;
}

/**
 * Acts on an incident as it stands, by compare-and-set: of two people who act at once the second one is told what the first did.
 *
 * @param answer is called in the transaction that stores what came of it, with the incident as it then stands
 * @throws UserError (not_applicable) when there is no such incident in the repository
 */
export async function actOnIncident(
  { number, repository, intent }: ToActOn,
  act: (before: Incident, now: number) => Acted,
  answer: (acted: Acted, after: Incident, tx: Transaction) => Promise<Reply>,
  needs: ActNeeds,
): Promise<Reply> {
  for (let tries = 1; ; tries++) {
    try {
      return await needs.records.transaction(async (tx) => {
        const earlier = intent === undefined ? undefined : await tx.audit.finished(intent);
        if (earlier) return earlier.reply;
        const before = await findIncident(tx, number, repository);
        const acted = act(before, needs.now());
        if (!("change" in acted)) return answer(acted, before, tx);
        await keep(tx, before, acted.change, needs);
        return answer(acted, acted.change.after, tx);
      });
    } catch (error) {
      if (!(error instanceof Overtaken) || tries === mostTries) throw error;
    }
  }
}

/** @throws UserError (not_applicable) when there is none of the number in the repository */
export async function findIncident({ incidents }: Transaction, number: number, repository: string): Promise<Incident> {
  const found = await incidents.find(number);
  if (found && isSameName(found.subject.repository, repository)) return found;
  const open = (await incidents.open(repository)).map((one) => `i${one.number}`);
  const there = open.length === 0 ? "Nothing is open there." : `Open there: ${open.slice(0, 10).join(", ")}.`;
  throw new UserError("not_applicable", "no_incident", `There is no incident i${number} in ${repository}. ${there}`);
}
