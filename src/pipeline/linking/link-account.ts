import { done, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { GitHubAccount, SlackPerson } from "../access.ts";
import type { AuditEntry } from "../audit.ts";
import type { NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { tellInPrivate } from "./tell-in-private.ts";

/** A person has shown that an account is theirs. */
export interface Proof {
  /** Names this linking: done again it changes nothing. */
  readonly id: string;
  readonly person: SlackPerson;
  readonly personName: string;
  readonly account: GitHubAccount;
}

/** The invitation is `used` when it ended already, with another account or a refusal; then nothing changed. */
export type Linked = Judged | { readonly kind: "used" };

type Judged =
  | { readonly kind: "linked"; readonly instead?: GitHubAccount }
  /** The account belongs to another person, or somebody else decides about it. Nothing changed. */
  | Obstacle;

export type Obstacle = { readonly kind: "person_pinned" | "account_pinned" | "account_taken" };

type Needs = Pick<Services, "records" | "links" | "now">;

/** Whether the two may be linked, and what that would replace. It links nothing; where they may not, that is recorded. */
export async function previewLink(proof: Proof, services: Needs): Promise<Judged> {
  return services.records.transaction(async (tx) => {
    const verdict = await judge(proof, services, tx);
    if (verdict.kind !== "linked" && !(await recorded(proof, tx))) await refuse(proof, verdict, services, tx);
    return verdict;
  });
}

/**
 * Links the two, with its audit row, the news for everyone concerned and what was waiting for it, or does nothing of it. An account that is
 * another person's stays theirs, and they hear of it: whoever was led to sign in for somebody else loses nothing by it.
 *
 * @param next what is carried out when they are linked
 */
export async function linkAccount(proof: Proof, next: NewJob | undefined, services: Needs): Promise<Linked> {
  const { records, now } = services;
  const { id, person, account } = proof;
  return records.transaction(async (tx) => {
    const verdict = await judge(proof, services, tx);
    const earlier = await recorded(proof, tx);
    // Repeated after a crash it is done already; another browser may have come before with another account.
    if (earlier) return verdict.kind === "linked" && !isSameEnd(earlier, proof) ? { kind: "used" } : verdict;
    if (verdict.kind !== "linked") {
      await refuse(proof, verdict, services, tx);
      return verdict;
    }
    const reply = news(account, verdict.instead);
    await tx.links.put({ person, account, linkedAt: now(), checkedAt: now() });
    await tellInPrivate(`linked:${id}`, person, reply, tx);
    if (next) await tx.queue.add(next);
    await record(proof, reply, now(), tx);
    return verdict;
  });
}

async function refuse(proof: Proof, { kind }: Obstacle, services: Needs, tx: Transaction): Promise<void> {
  await warnOwner(proof, services, tx);
  const parts = [text("The account was not linked.", "bad")];
  await record(proof, { outcome: "refused", reason: kind, audience: "asker", parts }, services.now(), tx);
}

const recorded = ({ id }: Proof, { audit }: Transaction): Promise<AuditEntry | undefined> => audit.finished(`link:${id}`);

const isSameEnd = ({ outcome, text }: AuditEntry, { account }: Proof): boolean => outcome === "done" && text === textOf(account);

const textOf = ({ id }: GitHubAccount): string => `link github:${id}`;

async function record({ id, person, personName, account }: Proof, reply: Reply, now: number, { audit }: Transaction): Promise<void> {
  await audit.append({
    intent: `link:${id}`,
    endedAt: now,
    durationMs: 0,
    surface: "slack",
    actor: `slack:${person.team}/${person.user}`,
    actorName: personName,
    command: "link",
    text: textOf(account),
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}

async function judge({ person, account }: Proof, { links: { pinned } }: Needs, { links }: Transaction): Promise<Judged> {
  if (pinned.of(person.user)) return { kind: "person_pinned" };
  if (pinned.slackUserOf(account.id) !== undefined) return { kind: "account_pinned" };
  const owner = await links.findByAccount(account.id);
  if (owner && owner.person.user !== person.user) return { kind: "account_taken" };
  const instead = (await links.find(person.user))?.account;
  return { kind: "linked", ...(instead && instead.id !== account.id && { instead }) };
}

/** Whoever owns the account learns that somebody signed in with it for another person. */
async function warnOwner({ id, person, personName, account }: Proof, { links: { pinned } }: Needs, tx: Transaction): Promise<void> {
  const stored = await tx.links.findByAccount(account.id);
  const owner = pinned.slackUserOf(account.id) ?? stored?.person.user;
  if (owner === undefined || owner === person.user) return;
  const sentence = `Somebody signed in to GitHub as ${account.login}, your account, to link it to ${personName} (${person.user}) here. I did not do it: the account stays yours.`;
  const advice =
    "Was that not you? Then somebody else can sign in as you, or you were led to do it by a link of theirs. Look at your account's sessions on GitHub.";
  await tellInPrivate(`link-refused:${id}`, { ...person, user: owner }, done("link_attempted", text(sentence, "bad"), text(advice)), tx);
}

function news({ login, id }: GitHubAccount, instead: GitHubAccount | undefined): Reply {
  const before = instead ? ` It takes the place of ${instead.login}.` : "";
  const sentence = `You are ${login} on GitHub to me now (id ${id}).${before}`;
  const reply = done("linked", text(sentence, "good"), text("Was that not you, or not your account? End it at once."));
  return { ...reply, actions: [{ label: "Unlink", command: "unlink", style: "danger" }] };
}
