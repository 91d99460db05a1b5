import { shortcuts as ids } from "../../bot/slack/listeners/shortcuts.ts";

/** The shortcuts of manifest.yml, which Slack shows by these names. */
export const shortcuts = [
  { callbackId: ids.retry, label: "Retry what failed", kind: "message", note: "choose jobs of the pull request named here" },
  { callbackId: ids.status, label: "CI status of this", kind: "message", note: "of the pull request named here" },
  { callbackId: ids.failedJobs, label: "CI: failed jobs", kind: "global", note: "choose jobs of one of your pull requests" },
] as const;

export const callbackIds = shortcuts.map(({ callbackId }) => callbackId);
