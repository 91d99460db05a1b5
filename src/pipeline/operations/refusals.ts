import { mostReruns, type RunRefusal, type RunRefused } from "../runs.ts";
import type { End, Operation } from "./operations.ts";

interface About {
  readonly workflow: string;
  readonly repository: string;
  /** GitHub's own words, clipped. */
  readonly said: string;
}

type Sentence = readonly [outcome: "refused" | "invalid" | "not_applicable", sentence: (about: About) => string];

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
      `GitHub does not let the bot do that in ${repository}: it needs the permission Actions: write. Whoever manages the GitHub App can grant it; then try again.`,
  ],
  forbidden: ["refused", ({ workflow, said }) => `GitHub refuses that for ${workflow}: “${said}”. Settle that and try again.`],
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

/** What means another thing for a run that is yet to start. */
const ofDispatch: Partial<Record<RunRefusal, Sentence>> = {
  not_found: [
    "not_applicable",
    ({ workflow }) => `GitHub does not find ${workflow} or the branch any more. Look at the names and ask again.`,
  ],
  invalid: ["invalid", ({ workflow, said }) => `GitHub does not start ${workflow}: “${said}”. Correct that and ask again.`],
};

const longestQuote = 300;

export function toEnd({ because, said }: RunRefused, kind: Operation["kind"], about: Omit<About, "said">): End {
  const [outcome, sentence] = (kind === "dispatch" && ofDispatch[because]) || sentences[because];
  return { kind: "refused", outcome, reason: because, message: sentence({ ...about, said: said.slice(0, longestQuote) }) };
}
