import { z } from "zod";

/** What the bot said of one event. */
const Told = z.object({ id: z.string().optional(), status: z.string(), message: z.string().optional() });
export type Told = z.infer<typeof Told>;
const Answer = z.object({ results: z.array(Told) });

/** The programs of a team that tell the bot what they spend, by HTTP as every program does. */
export interface Programs {
  /** Says where the bot is. */
  connect(botUrl: string): void;
  /**
   * Tells the bot, and gives what it said of each event, in their order.
   *
   * @throws Error in the bot's words where it takes none, or where something is wrong with one of them
   */
  tell(events: readonly object[]): Promise<readonly Told[]>;
}

export function createPrograms(apiToken: string): Programs {
  let botUrl: string | undefined;
  return {
    connect(url) {
      botUrl = url;
    },
    async tell(events) {
      if (botUrl === undefined) throw new Error("The bot is not there yet.");
      const answer = await fetch(`${botUrl}/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${apiToken}` },
        body: JSON.stringify({ events }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      const { results } = Answer.parse(await answer.json());
      const wrong = results.find(({ status }) => status === "invalid");
      if (wrong) throw new Error(wrong.message);
      return results;
    },
  };
}
