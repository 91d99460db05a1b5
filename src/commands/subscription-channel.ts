import { UserError } from "../errors.ts";
import type { Context } from "./command.ts";

/** The channel whose subscriptions are meant: the one in which it is asked. Throws UserError where there is none. */
export function channelHere({ slack }: Pick<Context, "slack">): string {
  if (!slack) {
    throw new UserError(
      "not_applicable",
      "not_in_slack",
      "Subscriptions belong to a Slack channel: ask there. Here, watch tells you of one pull request.",
    );
  }
  if (/^[CG]/.test(slack.channel)) return slack.channel;
  throw new UserError(
    "not_applicable",
    "not_a_channel",
    "Subscriptions belong to a channel: ask in one. For yourself, watch tells you in private of one pull request.",
  );
}
