import type { Services } from "../services.ts";
import { defineCommand, noArguments } from "./command.ts";
import { channelHere } from "./subscription-channel.ts";
import { listSubscriptions } from "./subscription-list.ts";

export const subscriptions = defineCommand({
  name: "subscriptions",
  usage: "",
  summary: "Show what this channel is told of its own accord, by whom and since when.",
  examples: [{ args: "", does: "what this channel is told of" }],
  role: "any",
  parse: noArguments,
  run: (_, context, services: Pick<Services, "records" | "policies">) => listSubscriptions(channelHere(context), context, services),
});
