import { z } from "zod";
import type { SlackDelivery } from "../delivery.ts";
import { readAbout } from "./failed-jobs/about.ts";

const word = z.string().min(1);

const SlashBody = z.object({
  command: word,
  text: z.string().default(""),
  trigger_id: word,
  team_id: word,
  user_id: word,
  user_name: word,
  channel_id: word,
  response_url: z.url(),
});

const ClickBody = z.object({
  trigger_id: word,
  team: z.object({ id: word }),
  user: z.object({ id: word, username: word }),
  channel: z.object({ id: word }).optional(),
  response_url: z.url().optional(),
  container: z.object({ thread_ts: word.optional() }).optional(),
  /** Where it was clicked in a modal or the App Home. */
  view: z.object({ private_metadata: z.string() }).optional(),
  actions: z.tuple([z.union([z.object({ value: word }), z.object({ selected_option: z.object({ value: word }) })])]),
});

/** Translates a slash command: `/ci status` and, in workspaces that registered it, `/ci-status`. Throws z.ZodError when Slack's shape changed. */
export function fromSlash(body: unknown, receivedAt: number, prefix: string): SlackDelivery {
  const { command, text, trigger_id, team_id, user_id, user_name, channel_id, response_url } = SlashBody.parse(body);
  const [, verb] = command.toLowerCase().split(`/${prefix}-`);
  return {
    surface: "slack",
    source: `slack:${trigger_id}`,
    receivedAt,
    team: team_id,
    user: user_id,
    userName: user_name,
    channel: channel_id,
    responseUrl: response_url,
    text: verb ? `${verb} ${text}` : text,
  };
}

/** Translates a click on one of our buttons, or a choice from a menu, whose value is the command. Throws z.ZodError when Slack's shape changed. */
export function fromClick(body: unknown, receivedAt: number): SlackDelivery {
  const { trigger_id, team, user, channel, response_url, container, view, actions } = ClickBody.parse(body);
  const [action] = actions;
  return {
    surface: "slack",
    source: `slack:${trigger_id}`,
    receivedAt,
    team: team.id,
    user: user.id,
    userName: user.username,
    // Only what is clicked in a message has a channel; a view of ours carries it along.
    channel: channel?.id ?? readAbout(view?.private_metadata).channel ?? "",
    ...(response_url !== undefined && { responseUrl: response_url }),
    ...(container?.thread_ts !== undefined && { threadTs: container.thread_ts }),
    text: "value" in action ? action.value : action.selected_option.value,
    isClick: true,
  };
}
