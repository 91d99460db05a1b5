import type { UsersInfoResponse, WebClient } from "@slack/web-api";
import { cached } from "../../pipeline/cached.ts";
import type { Keys } from "../../pipeline/keys.ts";
import type { Channel, Member, Workspace } from "../../pipeline/workspace.ts";
import { codeOf, type SlackIdentity, toServiceError } from "./client.ts";

const cachedForMs = 60_000;

/** Asks Slack how people and channels belong to the workspace. */
export function slackWorkspace(client: WebClient, identity: () => Promise<SlackIdentity>, keys: Keys): Workspace {
  return {
    member: (user) => cached(keys, `member:${user}`, cachedForMs, async () => ({ ...(await memberOf(client, user, identity)) })),
    channel: (channel) => cached(keys, `channel:${channel}`, cachedForMs, () => channelKind(client, channel)).then((kind) => ({ kind })),
  };
}

async function memberOf(client: WebClient, user: string, identity: () => Promise<SlackIdentity>): Promise<Member> {
  try {
    const [{ user: person }, { teamId }] = await Promise.all([client.users.info({ user }), identity()]);
    return { name: person?.name ?? user, kind: kindOf(person, teamId), ...(person?.tz && { zone: person.tz }) };
  } catch (error) {
    if (["user_not_found", "user_not_visible"].includes(codeOf(error) ?? "")) return { name: user, kind: "foreign" };
    throw toServiceError(error);
  }
}

function kindOf(person: UsersInfoResponse["user"], teamId: string): Member["kind"] {
  if (!person || person.deleted) return "deactivated";
  if (person.is_bot) return "bot";
  const isForeign = person.is_stranger || (person.team_id !== undefined && person.team_id !== teamId);
  if (isForeign) return "foreign";
  return person.is_restricted || person.is_ultra_restricted ? "guest" : "member";
}

async function channelKind(client: WebClient, channel: string): Promise<Channel["kind"]> {
  // A direct message: it is bound to no repository, and what is answered there is for the asker.
  if (channel.startsWith("D")) return "internal";
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return found?.is_ext_shared || found?.is_pending_ext_shared ? "shared" : "internal";
  } catch (error) {
    if (codeOf(error) === "channel_not_found") return "unseen";
    throw toServiceError(error);
  }
}
