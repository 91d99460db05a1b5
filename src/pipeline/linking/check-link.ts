import { randomUUID } from "node:crypto";
import { done, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { Accounts, GitHubAccount } from "../access.ts";
import type { StoredLink } from "../links.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { tellInPrivate } from "./tell-in-private.ts";

/** The task of the job that looks whether a linked account is still there. */
export const checkLinkTask = "check-link";

/** Looking at each link takes one call; so many are looked at in a round of the sweep. */
const mostEachRound = 20;
/** An account is looked at no more often than this. */
const checkAgainAfterMs = 60 * 60_000;

type Needs = Pick<Services, "records" | "accounts" | "now">;

/** A role look-up found that an account's login is nobody's, or another's: was it renamed, or is it gone? Asked once in a minute. */
export function toCheckLink({ id }: GitHubAccount, now: number): NewJob {
  return { id: `check-link:${id}:${Math.floor(now / 60_000)}`, task: checkLinkTask, payload: id };
}

export function createCheckLink(services: Needs): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { accounts } = services;
    if (!accounts) return;
    const link = await services.records.transaction(({ links }) => links.findByAccount(payload as number));
    if (link) await checkLink(link, accounts, services);
  };
}

/** Looks at the links that were not looked at for the longest time. Throws ServiceError when GitHub cannot tell, which changes nothing. */
export async function checkSomeLinks(services: Needs): Promise<number> {
  const { records, accounts, now } = services;
  if (!accounts) return 0;
  const listed = await records.transaction(({ links }) => links.leastRecentlyChecked(mostEachRound));
  const due = listed.filter(({ checkedAt }) => checkedAt + checkAgainAfterMs <= now());
  for (const link of due) await checkLink(link, accounts, services);
  return due.length;
}

async function checkLink({ person, account }: StoredLink, accounts: Accounts, { records, now }: Needs): Promise<void> {
  const found = await accounts.find(account.id);
  await records.transaction(async (tx) => {
    const link = await tx.links.find(person.user);
    // They may have linked themselves to another one while we asked.
    if (link?.account.id !== account.id) return;
    if (found) await tx.links.put({ ...link, account: found, checkedAt: now() });
    else await endLink(link, now(), tx);
  });
}

/** The id is the identity: when it is gone, whoever takes the login over is somebody else. */
async function endLink({ person, account }: StoredLink, now: number, tx: Transaction): Promise<void> {
  await tx.links.remove(person.user);
  const sentence = `Your account ${account.login} (id ${account.id}) is no longer on GitHub, so I took it off you here. You may link another one.`;
  const reply = { ...done("account_gone", text(sentence, "bad")), actions: [{ label: "Link a GitHub account", command: "link" }] };
  const id = randomUUID();
  await tellInPrivate(`unlinked:${id}`, person, reply, tx);
  await tx.audit.append({
    intent: `unlink:${id}`,
    endedAt: now,
    durationMs: 0,
    surface: "slack",
    actor: `slack:${person.team}/${person.user}`,
    actorName: person.user,
    command: "unlink",
    text: `unlink github:${account.id}`,
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}
