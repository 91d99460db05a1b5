import type { Actor } from "../commands/command.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, storage, UserError } from "../errors.ts";
import type { Services } from "../services.ts";
import { actorKey, actorName, type Delivery, type SlackDelivery } from "./delivery.ts";

/**
 * Finds out who speaks, and refuses those whom the house does not hear: guests, people of other workspaces, and everyone in a channel that
 * is shared with another workspace, unless the settings allow them by id.
 *
 * @throws UserError (refused); ServiceError when Slack cannot tell
 */
export async function resolveActor(
  delivery: Delivery,
  settings: Settings,
  services: Pick<Services, "links" | "workspace">,
): Promise<Actor> {
  if (delivery.surface === "github") {
    return { key: actorKey(delivery), name: actorName(delivery), surface: "github", account: delivery.user };
  }
  const [account] = await Promise.all([services.links.of(delivery.user), refuseOutsiders(delivery, settings, services)]);
  const { team, user } = delivery;
  return { key: actorKey(delivery), name: actorName(delivery), surface: "slack", slack: { team, user }, ...(account && { account }) };
}

/** Messages in Slack come without their author's name; where it cannot be had, the identifier stands for it. */
export async function withName(delivery: Delivery, { workspace }: Pick<Services, "workspace">): Promise<Delivery> {
  if (delivery.surface === "github" || delivery.userName !== undefined) return delivery;
  try {
    return { ...delivery, userName: (await workspace.member(delivery.user)).name };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.service === storage) throw error;
    return delivery;
  }
}

async function refuseOutsiders(
  { user, channel }: SlackDelivery,
  { allow }: Settings,
  { workspace }: Pick<Services, "workspace">,
): Promise<void> {
  const [member, place] = await Promise.all([
    allow.slackUsers.includes(user) ? undefined : workspace.member(user).catch(rethrowAsUnchecked),
    allow.slackChannels.includes(channel) ? undefined : workspace.channel(channel).catch(rethrowAsUnchecked),
  ]);
  if (member && member.kind !== "member") throw new UserError("refused", `is_${member.kind}`, refusals[member.kind]);
  if (place?.kind === "shared") {
    throw new UserError(
      "refused",
      "shared_channel",
      "This channel is shared with another workspace, so I keep quiet here. Ask in a channel of our own, or have an admin allow this one.",
    );
  }
  if (place?.kind === "unseen") {
    throw new UserError("refused", "not_in_channel", "I am not in this channel. Invite me with /invite @nextrust, then ask again.");
  }
}

const refusals = {
  guest: "Guests cannot use me here. Ask a full member of the workspace, or have an admin allow you in config/nextrust.yml.",
  foreign: "I answer members of this workspace only. Ask one of them, or have an admin allow you in config/nextrust.yml.",
  bot: "I do not answer other bots.",
  deactivated: "I cannot find your account in this workspace. Ask a workspace admin to look at it.",
};

function rethrowAsUnchecked(error: unknown): never {
  if (!(error instanceof ServiceError) || error.service === storage) throw error;
  const { retryable } = error;
  throw new ServiceError(`Slack could not tell whether you belong to this workspace. ${error.message}`, {
    service: "Slack",
    retryable,
    cause: error,
  });
}
