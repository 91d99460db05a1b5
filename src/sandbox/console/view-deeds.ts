import { z } from "zod";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { Deeds } from "./deed.ts";
import { As } from "./people.ts";

const InView = z.object({ as: As, viewId: z.string() });
const Clicked = InView.extend({ actionId: z.string(), value: z.string().optional() });
const Asked = InView.extend({ actionId: z.string(), query: z.string().max(200) });
const Filled = InView.extend({ values: z.record(z.string(), z.union([z.string(), z.array(z.string())])) });

/** What a visitor does in dialogs and in the App Home. */
export const createViewDeeds = (slack: SlackSandbox): Deeds => ({
  async "/sandbox/view/click"(body) {
    const { value, ...clicked } = Clicked.parse(body);
    await slack.clickInView({ ...clicked, ...(value === undefined ? {} : { value }) });
  },

  "/sandbox/view/suggest": async (body) => ({ options: await slack.suggest(Asked.parse(body)) }),

  async "/sandbox/view/submit"(body) {
    const { status, errors = {} } = await slack.submit(Filled.parse(body));
    if (status !== 200) throw new Error("We had some trouble connecting. Try again?");
    return { errors };
  },

  "/sandbox/view/close": (body) => slack.closeView(InView.parse(body)),

  async "/sandbox/home/open"(body) {
    await slack.openHome(z.object({ as: As }).parse(body).as);
  },
});
