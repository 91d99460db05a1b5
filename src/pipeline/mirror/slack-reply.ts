import type { Link, Reply, Said, SaidBlock } from "../../reply.ts";
import { text } from "../../reply.ts";
import { type GitHubAccount, isAtLeast, type Links, type Permissions } from "../access.ts";
import type { OutgoingMessage } from "../outbox.ts";
import { Postponed } from "../queue.ts";
import type { Records } from "../records.ts";
import type { Workspace } from "../workspace.ts";
import type { SlackBlock, SlackCell, SlackChange } from "./changes.ts";
import type { MirrorThread, PullFacts } from "./thread.ts";

interface Needs {
  readonly records: Records;
  readonly workspace: Workspace;
  readonly links: Links;
  readonly permissions: Permissions;
  readonly now: () => number;
}

/** How long a message that was tried, and not recorded as sent, may take to be found again. */
const uncertainForMs = 10 * 60_000;
const lookAgainMs = 1_000;

/** @throws Postponed while the thread may be one of ours whose first message is not recorded yet */
export function findThread(
  { channel, threadTs }: SlackChange,
  { records, now }: Pick<Needs, "records" | "now">,
): Promise<MirrorThread | undefined> {
  return records.transaction(async ({ mirrors }) => {
    const found = await mirrors.threadAt(channel, threadTs);
    if (!found && (await mirrors.hasUncertainRoot(channel, now() - uncertainForMs))) throw new Postponed(lookAgainMs);
    return found;
  });
}

/** In whose name a reply goes to GitHub; else why it does not, in words for the person where there are any. */
export type Standing =
  | { readonly account: GitHubAccount }
  | { readonly account?: undefined; readonly reason: string; readonly sentence?: string };

/** @throws ServiceError when Slack or GitHub could not tell, which is neither yes nor no */
export async function standingOf(
  user: string,
  { repository, isLocked }: Pick<PullFacts, "repository" | "isLocked">,
  allowedUsers: readonly string[],
  needs: Needs,
): Promise<Standing> {
  if (!allowedUsers.includes(user)) {
    const { kind } = await needs.workspace.member(user);
    if (kind === "bot") return { reason: "is_bot" };
    if (kind !== "member")
      return {
        reason: `is_${kind}`,
        sentence: `What you write here does not reach ${repository}: only full members of the workspace are passed on.`,
      };
  }
  const account = await needs.links.of(user);
  if (!account) {
    const sentence = `What you write here does not reach the pull request on GitHub: you are not linked to an account there. Link yourself with the command link, or have a maintainer link you in config/nextrust.yml.`;
    return { reason: "not_linked", sentence };
  }
  const role = await needs.permissions.roleOf(account, repository);
  // The bot may write where the conversation is locked; in whose name it does so may not always.
  if (isAtLeast(role, isLocked ? "write" : "read")) return { account };
  if (isAtLeast(role, "read")) {
    const sentence = `What you write here does not reach the pull request: its conversation is locked, so that needs the role write on ${repository}; as ${account.login} you hold ${role}. Who may write can unlock it.`;
    return { reason: "locked", sentence };
  }
  return {
    reason: "role_too_low",
    sentence: `What you write here does not reach the pull request: as ${account.login} you cannot see ${repository}.`,
  };
}

/** Tells the person, once a thread and reason, and nobody else. */
export function aside(
  { channel, threadTs, user }: SlackChange,
  { reason, sentence }: { reason: string; sentence: string },
  now: number,
): OutgoingMessage {
  const key = `mirror:aside:${channel}/${threadTs}:${user}:${reason}`;
  const reply: Reply = { outcome: "refused", reason, audience: "asker", parts: [text(sentence, "idle")] };
  return { key, lane: key, address: { surface: "slack", user, channel, threadTs, askedAt: now }, answers: [{ reply }] };
}

/** What was written, in the name of the linked account. */
export async function toSaid(
  { channel, threadTs, ts }: SlackChange,
  blocks: readonly SlackBlock[],
  { login }: GitHubAccount,
  workspace: Workspace,
): Promise<Said> {
  const url = await workspace.permalink(channel, ts, threadTs);
  const named = await Promise.all(blocks.map((block) => withNames(block, channel, workspace)));
  return { kind: "said", author: login, source: { text: "Slack", url }, blocks: named };
}

async function withNames(block: SlackBlock, here: string, workspace: Workspace): Promise<SaidBlock> {
  if (block.kind === "code") return block;
  return { kind: "text", cells: await Promise.all(block.cells.map((cell) => withName(cell, here, workspace))) };
}

async function withName(cell: SlackCell, here: string, workspace: Workspace): Promise<string | Link> {
  if (typeof cell === "string" || "url" in cell) return cell;
  if ("user" in cell) return `@${(await workspace.member(cell.user)).name}`;
  const { isPrivate, name } = await workspace.channel(cell.channel);
  // What a private channel is called is for those in it.
  return isPrivate && cell.channel !== here ? "#(a private channel)" : `#${name ?? cell.channel}`;
}
