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

    async channel(channel, asOf) {
      const key = `channel:${channel}`;
      const lookUp = async () => ({ ...(await channelOf(client, channel)) });
      if (asOf !== "now") return cached(keys, key, cachedForMs, lookUp);
      const found = await lookUp();
      await keys.set(key, found, cachedForMs);
      return found;
    },

    async permalink(channel, ts, threadTs) {
      const { url } = await identity();
      return `${url}archives/${channel}/p${ts.replace(".", "")}?thread_ts=${threadTs}&cid=${channel}`;
    },
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

async function channelOf(client: WebClient, channel: string): Promise<Channel> {
  // A direct message: it is bound to no repository, and what is answered there is for the asker.
  if (channel.startsWith("D")) return { kind: "internal", isOurs: true, isPrivate: true };
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const kind = found?.is_ext_shared || found?.is_pending_ext_shared ? "shared" : "internal";
    // Where Slack does not say, it is taken for private: nothing gets out by that.
    return {
      kind,
      isOurs: found?.is_member ?? false,
      isPrivate: found?.is_private ?? true,
      ...(found?.name !== undefined && { name: found.name }),
    };
  } catch (error) {
    if (codeOf(error) === "channel_not_found") return { kind: "unseen", isOurs: false, isPrivate: true };
    throw toServiceError(error);
  }
}
