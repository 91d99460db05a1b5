import type { App } from "@slack/bolt";
import { type Edge, storageIsDown, toAnswerJob } from "../edge.ts";
import { fromSlash } from "../to-delivery.ts";

/** The slash command. */
export function hearCommands(app: App, edge: Edge): void {
  const { settings, now } = edge;
  app.command(/.*/, async ({ command, ack }) => {
    const delivery = fromSlash(command, now(), settings.prefix);
    const said = (await edge.store(toAnswerJob(delivery))) ? working(delivery.text, edge) : storageIsDown;
    await (said === undefined ? ack() : ack({ response_type: "ephemeral", text: said }));
  });
}

/**
 * What the person sees at once. Slack reads it as its own markup, so only our own words and a known name are in it; for an unknown name
 * there is nothing to wait for, and the answer comes alone.
 */
function working(text: string, { names, settings: { prefix } }: Edge): string | undefined {
  const verb = text.trim().split(/\s/)[0]?.toLowerCase() || "menu";
  return names.includes(verb) ? `On it: /${prefix} ${verb} …` : undefined;
}
