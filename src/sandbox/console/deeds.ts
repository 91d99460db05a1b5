import { z } from "zod";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { ConsolePulls } from "./pulls.ts";
import { consoleChannels, typistKeys, typists } from "./state.ts";

const As = z.enum(typistKeys);

const Typed = z.object({
  as: As,
  channel: z.enum(consoleChannels),
  text: z.string().trim().min(1).max(4_000),
  threadTs: z.string().optional(),
});
const Clicked = z.object({ as: As, messageId: z.string(), actionId: z.string(), value: z.string().optional() });
const Commented = z.object({ as: As, number: z.int(), body: z.string().trim().min(1).max(65_536) });
const Pull = z.object({ number: z.int() });
const Job = z.object({ number: z.int(), name: z.string(), to: z.enum(["break", "fix"]) });

/** What a visitor does on the page, by path. Each takes the body of its request and throws where that makes no sense. */
export function createDeeds(slack: SlackSandbox, pulls: ConsolePulls): Readonly<Record<string, (body: unknown) => Promise<unknown>>> {
  return {
    async "/sandbox/slack/message"(body) {
      const { text, threadTs, ...where } = Typed.parse(body);
      if (/@nextrust/i.test(text)) throw new Error("The bot does not hear mentions yet. Type /ci and a command.");
      if (!text.startsWith("/")) return await slack.say({ ...where, text, ...(threadTs && { threadTs }) });
      if (threadTs) throw new Error("Slack takes no slash commands in threads.");
      const [command = "", ...rest] = text.split(" ");
      // Slack itself refuses commands that no app has; the bot never hears of them.
      if (!/^\/ci(-|$)/.test(command)) throw new Error(`${command} is not a valid command here. The bot listens to /ci.`);
      return await slack.slash({ ...where, command, text: rest.join(" ") });
    },

    async "/sandbox/slack/click"(body) {
      const { value, ...clicked } = Clicked.parse(body);
      return await slack.click({ ...clicked, ...(value === undefined ? {} : { value }) });
    },

    async "/sandbox/pull/comment"(body) {
      const { as, number, body: text } = Commented.parse(body);
      await pulls.comment(typists.find(({ key }) => key === as)?.github ?? as, number, text);
    },

    async "/sandbox/pull/job"(body) {
      const { number, name, to } = Job.parse(body);
      await (to === "break" ? pulls.breakJob(number, name) : pulls.fixJob(number, name));
    },

    "/sandbox/pull/finish": (body) => pulls.finish(Pull.parse(body).number),
    "/sandbox/pull/push": (body) => pulls.push(Pull.parse(body).number),
  };
}
