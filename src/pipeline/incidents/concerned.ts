import { ServiceError, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { Responsible } from "../failures/responsible.ts";
import { onDutyFor } from "./called.ts";
import type { Concerned, Subject } from "./incident.ts";

type Needs = Pick<Services, "blame" | "links" | "followed" | "onCall" | "workspace" | "now">;

/**
 * Whom a failure may concern: who wrote and merged what is new since it was green, else the code owners, else who is on call. Nobody where
 * GitHub does not tell: that keeps no incident from being told.
 *
 * @param green the last commit that passed, where one is known
 */
export async function concernedBy(subject: Subject, green: string | undefined, red: string, needs: Needs): Promise<readonly Concerned[]> {
  const { blame } = needs;
  const { repository } = subject;
  const people = await orNobody(() => blame.between(repository, green, red));
  const found = people.length > 0 ? people : await orNobody(() => blame.codeOwners(repository, red));
  if (found.length > 0) return Promise.all(found.map((one) => withSlack(one, needs)));
  const called = await onDutyFor(subject, needs);
  return called.map(({ name, slackUser }) => ({ name, slackUser, because: "on_call" }));
}

async function withSlack({ account, because }: Responsible, { links }: Needs): Promise<Concerned> {
  const slackUser = await links.slackUserOf(account.id);
  return { name: account.login, login: account.login, because, ...(slackUser !== undefined && { slackUser }) };
}

async function orNobody(ask: () => Promise<readonly Responsible[]>): Promise<readonly Responsible[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ServiceError || error instanceof UserError) return [];
    throw error;
  }
}
