import type { App, BlockAction } from "@slack/bolt";
import { commandAction, pageAction } from "../../render/block-kit-steps.ts";
import { type Edge, storageIsDown, toAnswerJob } from "../edge.ts";
import { readAbout } from "../failed-jobs/about.ts";
import { refreshAction, toHomeJob } from "../home/publish.ts";
import { tell } from "../tell.ts";
import { fromClick } from "../to-delivery.ts";

/** Buttons and menus that stand for a command, in messages and in the App Home. */
export function hearClicks(app: App, edge: Edge): void {
  app.action({ type: "block_actions", action_id: new RegExp(`^${commandAction}`) }, async ({ body, ack }) => {
    const delivery = fromClick(body, edge.now());
    const isStored = await edge.store(toAnswerJob(delivery));
    await ack();
    if (!isStored) await tell(edge.slack, delivery, storageIsDown);
  });

  app.action({ type: "block_actions", action_id: new RegExp(`^${pageAction}`) }, async ({ ack }) => ack());

  app.action<BlockAction>({ type: "block_actions", action_id: refreshAction }, async ({ body, ack }) => {
    const { channel = "" } = readAbout(body.view?.private_metadata);
    const by = { user: body.user.id, team: body.team?.id ?? "", channel };
    const isStored = await edge.store(toHomeJob(by, body.trigger_id));
    await ack();
    if (!isStored) await tell(edge.slack, by, storageIsDown);
  });
}
