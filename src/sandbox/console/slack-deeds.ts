import { z } from "zod";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { Deeds } from "./deed.ts";
import { As } from "./people.ts";
import { callbackIds } from "./shortcuts.ts";
import { consoleChannels } from "./state.ts";
import { toSlackText } from "./typed-text.ts";

const text = z.string().trim().min(1).max(4_000);
const Typed = z.object({ as: As, channel: z.enum(consoleChannels), text, threadTs: z.string().optional() });
const Own = z.object({ as: As, messageId: z.string() });
const Edited = Own.extend({ text });
const Clicked = z.object({ as: As, messageId: z.string(), actionId: z.string(), value: z.string().optional() });
const Chosen = z.object({ as: As, callbackId: z.enum(callbackIds), messageId: z.string().optional() });

/** What a visitor does in Slack's channels. */
export function createSlackDeeds(slack: SlackSandbox): Deeds {
  /** Slack's own page offers this on nobody else's messages. */
  function own({ as, messageId }: z.infer<typeof Own>) {
    const { id } = slack.people[as];
    const places = [...Object.values(slack.channels), { id: slack.people[as].dm }];
    const found = places.flatMap((place) => slack.transcript(place.id, as)).find((one) => one.id === messageId);
    if (found?.authorId !== id) throw new Error("That is no message of yours.");
    return { as, channel: found.channel, ts: found.ts };
  }

  return {
    async "/sandbox/slack/message"(body) {
      const { text: typed, threadTs, ...where } = Typed.parse(body);
      if (!typed.startsWith("/")) {
        await slack.say({ ...where, text: toSlackText(typed, slack.botUserId), ...(threadTs && { threadTs }) });
        return;
      }
      if (threadTs) throw new Error("Slack takes no slash commands in threads. Begin with @nextrust instead.");
      const [command = "", ...rest] = typed.split(" ");
      // Slack itself refuses commands that no app has; the bot never hears of them.
      if (!/^\/ci(-|$)/.test(command)) throw new Error(`${command} is not a valid command here. The bot listens to /ci.`);
      await slack.slash({ ...where, command, text: rest.join(" ") });
    },

    async "/sandbox/slack/edit"(body) {
      const { text: typed, ...about } = Edited.parse(body);
      await slack.editMessage({ ...own(about), text: toSlackText(typed, slack.botUserId) });
    },

    async "/sandbox/slack/delete"(body) {
      await slack.deleteMessage(own(Own.parse(body)));
    },

    async "/sandbox/slack/click"(body) {
      const { value, ...clicked } = Clicked.parse(body);
      await slack.click({ ...clicked, ...(value === undefined ? {} : { value }) });
    },

    async "/sandbox/slack/shortcut"(body) {
      const { as, callbackId, messageId } = Chosen.parse(body);
      await slack.shortcut({ as, callbackId, ...(messageId === undefined ? { kind: "global" } : { kind: "message", messageId }) });
    },
  };
}
