import { type ApiAnswer, app, partnerTeamId, team, type Workspace } from "./workspace.ts";

type Args = Readonly<Record<string, unknown>>;
type Correction = (answer: ApiAnswer, args: Args, workspace: Workspace) => ApiAnswer;
type Message = Readonly<Record<string, unknown>> & { readonly ts: string; readonly user?: string };

const isTrue = (value: unknown) => value === true || value === "true" || value === "1" || value === 1;

const botProfile = { id: app.botId, app_id: app.id, user_id: app.botUserId, name: app.name, deleted: false, team_id: team.id };

const fromTeam = (message: Message) => ({
  ...message,
  team: team.id,
  ...(message.user === app.botUserId ? { bot_id: app.botId, app_id: app.id, bot_profile: botProfile } : {}),
});

const posted: Correction = (answer) => ({ ...answer, message: fromTeam(answer.message as Message) });

/** Slack honours the window of time and hides metadata from whoever does not ask for it; the emulation does neither. */
const history: Correction = (answer, args) => {
  const within = (ts: string) => {
    const oldest = Number(args.oldest ?? 0);
    const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
    return isTrue(args.inclusive) ? Number(ts) >= oldest && Number(ts) <= latest : Number(ts) > oldest && Number(ts) < latest;
  };
  const messages = (answer.messages as Message[])
    .filter(({ ts }) => within(ts))
    .map(fromTeam)
    .map(({ metadata, ...message }: Args) => (isTrue(args.include_all_metadata) && metadata ? { ...message, metadata } : message));
  return { ...answer, messages };
};

/** What the emulation leaves out of its answers or gets wrong, by method. */
export const corrections: Readonly<Record<string, Correction>> = {
  "auth.test": ({ app_id: _, app_name: __, ...answer }) => ({ ...answer, is_enterprise_install: false }),

  "chat.postMessage": posted,
  "chat.update": posted,
  "conversations.history": history,
  "conversations.replies": history,

  "conversations.info": (answer, _, { channels, absentFrom, privateOnes }) => {
    const channel = answer.channel as { id: string };
    const isShared = channel.id === channels.partners.id;
    const sharing = {
      is_shared: isShared,
      is_ext_shared: isShared,
      is_org_shared: false,
      is_pending_ext_shared: false,
      context_team_id: team.id,
    };
    const isPrivate = privateOnes.has(channel.id);
    const isMember = !absentFrom.has(channel.id);
    return {
      ...answer,
      channel: {
        ...channel,
        is_private: isPrivate,
        is_channel: !isPrivate,
        is_group: isPrivate,
        is_member: isMember,
        ...sharing,
        ...(isShared ? { shared_team_ids: [team.id, partnerTeamId] } : {}),
      },
    };
  },

  "users.info": (answer, _, { people }) => {
    const user = answer.user as { id: string };
    const isForeign = user.id === people.fay.id;
    const standing = {
      is_restricted: user.id === people.gil.id,
      is_ultra_restricted: false,
      // A foreigner with whom the app shares a channel is not a stranger to it.
      is_stranger: false,
      is_app_user: false,
      tz: "Etc/UTC",
      ...(isForeign ? { team_id: partnerTeamId } : {}),
    };
    return { ...answer, user: { ...user, ...standing } };
  },
};
