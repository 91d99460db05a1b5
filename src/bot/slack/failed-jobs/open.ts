import { text } from "../../../reply.ts";
import { codeOf } from "../client.ts";
import { type Edge, storageIsDown } from "../edge.ts";
import type { About } from "./about.ts";
import { toFillJob } from "./fill.ts";
import { loadingView, wordsView } from "./view.ts";

/** Who does it, and Slack's leave to open a dialog, which ends after 3 s. */
export interface Opener {
  readonly trigger_id: string;
  readonly team: { readonly id: string };
  readonly user: { readonly id: string };
}

export const notOpened = "The dialog could not be opened, so nothing was done. Try again.";

/**
 * Opens the dialog at once; what it says comes when it is known.
 *
 * @returns false when Slack did not open it
 */
export async function openFailedJobs({ trigger_id, team, user }: Opener, about: About, { slack, log, now, store }: Edge): Promise<boolean> {
  try {
    const { view } = await slack.views.open({ trigger_id, view: loadingView(about) });
    const viewId = view?.id ?? "";
    const by = { team: team.id, user: user.id, receivedAt: now() };
    const isStored = await store(toFillJob({ viewId, by, about }, trigger_id));
    if (!isStored) await slack.views.update({ view_id: viewId, view: wordsView(about, [text(storageIsDown, "bad")]) });
    return true;
  } catch (error) {
    log.warn({ err: error, code: codeOf(error) }, "a dialog could not be opened");
    return false;
  }
}
