import { z } from "zod";
import type { PagerSandbox } from "../pager/pager-sandbox.ts";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { Deeds } from "./deed.ts";
import { As } from "./people.ts";

const Acted = z.object({ as: As, key: z.string(), deed: z.enum(["acknowledged", "resolved"]) });

/** What a visitor does on the pager. */
export const createPagerDeeds = (pager: PagerSandbox, slack: SlackSandbox): Deeds => ({
  async "/sandbox/pager/act"(body) {
    const { as, key, deed } = Acted.parse(body);
    const status = await pager.act(key, deed, slack.people[as].name);
    if (status !== 202) throw new Error("The bot did not hear of it.");
  },
});
