import { mostReruns, type RunRefusal } from "../runs.ts";
import type { End } from "./operations.ts";

interface About {
  readonly workflow: string;
  readonly repository: string;
}

type Sentence = readonly [outcome: "refused" | "not_applicable" | "failed", sentence: (about: About) => string];

/** Why GitHub did not do it, and the next step. */
const sentences: Readonly<Record<RunRefusal, Sentence>> = {
  already_running: ["not_applicable", ({ workflow }) => `${workflow} is running already. Wait for its end, or stop it with cancel.`],
  not_retryable: [
    "not_applicable",
    ({ workflow }) => `GitHub cannot run this run of ${workflow} again. Push a commit, or start it with run if it can be started by hand.`,
  ],
  too_old: [
    "not_applicable",
    ({ workflow }) => `This run of ${workflow} is older than 30 days, and GitHub re-runs none that old. Push a commit to run it anew.`,
  ],
  too_many_attempts: [
    "not_applicable",
    ({ workflow }) => `This run of ${workflow} was run again ${mostReruns} times, and GitHub allows no more. Push a commit to run it anew.`,
  ],
  not_permitted: [
    "refused",
    ({ repository }) =>
      `GitHub does not let the bot do that in ${repository}: its App needs the permission Actions: write. Whoever manages the App can grant it; then try again.`,
  ],
  not_found: [
    "not_applicable",
    ({ workflow }) =>
      `GitHub does not find this run of ${workflow} any more: it was deleted, or a newer attempt has replaced it. Look with status.`,
  ],
  expired: [
    "not_applicable",
    ({ workflow }) => `GitHub no longer keeps what it needs to run this run of ${workflow} again. Push a commit to run it anew.`,
  ],
  invalid: [
    "not_applicable",
    ({ workflow }) => `GitHub finds that this run of ${workflow} cannot be run as it was asked. Open it on GitHub to see why.`,
  ],
  already_over: ["not_applicable", ({ workflow }) => `${workflow} had ended before it could be cancelled.`],
  not_waiting: ["not_applicable", ({ workflow }) => `${workflow} does not wait for an approval any more. Look with status.`],
};

export function toEnd(refusal: RunRefusal, about: About): End {
  const [outcome, sentence] = sentences[refusal];
  return { kind: "refused", outcome, reason: refusal, message: sentence(about) };
}
