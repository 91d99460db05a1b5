import type { App } from "@slack/bolt";
import { z } from "zod";
import { Arguments } from "../../../commands/grammar/arguments.ts";
import { parseSlashText } from "../../../commands/grammar/command-line.ts";
import { openAction } from "../../render/block-kit-steps.ts";
import { type Edge, storageIsDown, toAnswerJob } from "../edge.ts";
import { readAbout } from "../failed-jobs/about.ts";
import { toFillJob } from "../failed-jobs/fill.ts";
import { notOpened, openFailedJobs } from "../failed-jobs/open.ts";
import { fromSubmission } from "../failed-jobs/submission.ts";
import { suggest } from "../failed-jobs/suggestions.ts";
import { failedJobsView, fields } from "../failed-jobs/view.ts";
import { tell } from "../tell.ts";
import { threadOf } from "../thread-of.ts";

const word = z.string().min(1);
const By = { trigger_id: word, team: z.object({ id: word }), user: z.object({ id: word }) };

const OpenBody = z.object({
  ...By,
  channel: z.object({ id: word }).optional(),
  container: z.object({ message_ts: word.optional(), thread_ts: word.optional() }).optional(),
  response_url: z.url().optional(),
  view: z.object({ private_metadata: z.string() }).optional(),
  actions: z.tuple([z.object({ value: word })]),
});

const PlaceBody = z.object({
  ...By,
  view: z.object({ id: word, private_metadata: z.string() }),
  actions: z.tuple([z.object({ selected_option: z.object({ value: word }) })]),
});

/** The dialog that lists failed jobs: opened by a button, filled in, and submitted. */
export function hearDialogs(app: App, edge: Edge): void {
  app.action({ type: "block_actions", action_id: new RegExp(`^${openAction}${failedJobsView}`) }, async ({ body, ack }) => {
    const { channel, container, response_url, view, actions, ...by } = OpenBody.parse(body);
    const threadTs = threadOf(container?.message_ts, container?.thread_ts);
    await ack();
    const about = {
      channel: channel?.id ?? readAbout(view?.private_metadata).channel,
      threadTs,
      places: [placeIn(actions[0].value)],
    };
    const isOpen = await openFailedJobs(by, about, edge);
    if (!isOpen) await tell(edge.slack, { user: by.user.id, responseUrl: response_url, threadTs }, notOpened);
  });

  app.action({ type: "block_actions", action_id: fields.place }, async ({ body, ack }) => {
    const { trigger_id, team, user, view, actions } = PlaceBody.parse(body);
    const about = { ...readAbout(view.private_metadata), places: [actions[0].selected_option.value] };
    const by = { team: team.id, user: user.id, receivedAt: edge.now() };
    const isStored = await edge.store(toFillJob({ viewId: view.id, by, about }, trigger_id));
    await ack();
    if (!isStored) await tell(edge.slack, { user: user.id }, storageIsDown);
  });

  app.options<"block_suggestion">(fields.jobs, async ({ body, ack }) => {
    await ack({ options: await suggest(edge.keys, body) });
  });

  app.view({ type: "view_submission", callback_id: failedJobsView }, async ({ body, ack }) => {
    const said = fromSubmission(body, edge.now());
    if ("errors" in said) return await ack({ response_action: "errors", errors: { ...said.errors } });
    const isStored = await edge.store(toAnswerJob(said));
    await (isStored ? ack({ response_action: "clear" }) : ack({ response_action: "errors", errors: { [fields.jobs]: storageIsDown } }));
  });
}

/** `owner/repo#12`, out of the command that the button stands for. */
function placeIn(command: string): string {
  const args = Arguments.parse(parseSlashText(command));
  const { repository = "", pullRequest, ref } = args.target() ?? {};
  return `${repository}${pullRequest === undefined ? `@${ref ?? ""}` : `#${pullRequest}`}`;
}
