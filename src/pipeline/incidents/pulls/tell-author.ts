import { type Reply, text } from "../../../reply.ts";
import { verdictInWords } from "../../failures/describe-verdict.ts";
import { clipped } from "../../logs/clipped.ts";
import { nextStep, shortSha } from "../../next-step.ts";
import { tellPerson } from "../../personal/tell-person.ts";
import type { Transaction } from "../../records.ts";
import { jobsInWords } from "../describe.ts";
import { type Found, outInWords } from "./describe-pull.ts";
import { partInWords, sharedBy } from "./part-of.ts";
import type { PullFailures, PullRun } from "./pull-failures.ts";

/** Heads that are older than these are told of no more anyway. */
const mostHeads = 20;
const longestName = 100;

/**
 * Tells the author in private, once a head, and not who watches the pull request: that tells them already.
 *
 * @returns the pull request, with the head told
 */
export async function tellAuthor(
  tx: Transaction,
  pull: PullFailures,
  run: PullRun,
  slackUser: string | undefined,
  found: Found,
  now: number,
): Promise<PullFailures> {
  const { repository, number } = pull;
  if (slackUser === undefined || pull.told.includes(run.headSha)) return pull;
  if (!(await tx.watches.find(slackUser, repository, number))) {
    const key = `pull-failed:${repository.toLowerCase()}#${number}:${run.headSha}`;
    await tellPerson(tx, slackUser, messageOf(key, describeFailure(pull, run, found), run.url), now);
  }
  return { ...pull, told: [...pull.told, run.headSha].slice(-mostHeads) };
}

function messageOf(key: string, reply: Reply, url: string) {
  const [first] = reply.parts;
  const line = { text: first?.kind === "text" ? first.text : "", mood: "bad", url } as const;
  return { key, line, reply };
}

function describeFailure({ repository, number }: PullFailures, run: PullRun, { diagnoses, incidents }: Found): Reply {
  const { headSha, url } = run;
  const diagnosis = diagnoses.get(run.runId);
  const { shared, isAll } = sharedBy(run, diagnosis, incidents);
  const [whole] = isAll ? shared : [];
  const which = `${clipped(run.workflow, longestName)} of #${number} @${shortSha(headSha)} (${repository})`;
  const jobs = jobsInWords(diagnosis ? [...diagnosis.jobs.map(({ name }) => name), ...(diagnosis.otherJobs ?? [])] : []);
  const verdict = verdictInWords(diagnosis ?? { verdict: "unknown", evidence: [] });
  const first = diagnosis?.jobs.find(({ firstError }) => firstError !== undefined)?.firstError;
  const isRetryUseful = !whole && diagnosis?.verdict !== "yours" && diagnosis?.verdict !== "broken_on_main";
  return {
    outcome: "done",
    reason: "pull_failed",
    audience: "asker",
    parts: [
      whole
        ? text(`Not you: ${which} is ${partInWords(whole.incident)}`, "idle")
        : text(`${verdict} · ${which} failed: ${jobs}`, diagnosis?.verdict === "yours" ? "bad" : "idle"),
      ...(first === undefined ? [] : [{ kind: "excerpt", text: first } as const]),
    ],
    link: { text: `Run #${run.number}`, url },
    ...(isRetryUseful && {
      actions: [nextStep("Retry failed jobs", "retry-job --failed", { surface: "slack", repository, pullRequest: number, headSha })],
    }),
  };
}

/** @param delivery by which we heard: each is told once */
export async function tellOut(
  tx: Transaction,
  pull: PullFailures,
  run: PullRun | undefined,
  to: { readonly slackUser: string; readonly delivery: string; readonly url: string },
  found: Found,
  now: number,
): Promise<void> {
  const { repository, number, out } = pull;
  if (!out || (await tx.watches.find(to.slackUser, repository, number))) return;
  const failure = run && describeFailure(pull, run, found);
  const reply: Reply = {
    outcome: "done",
    reason: "pull_dequeued",
    audience: "asker",
    parts: [text(`#${number} @${shortSha(out.headSha)} (${repository}). ${outInWords(out.reason)}`, "bad"), ...(failure?.parts ?? [])],
    link: { text: "The pull request", url: to.url },
  };
  const key = `pull-out:${repository.toLowerCase()}#${number}:${to.delivery}`;
  await tellPerson(tx, to.slackUser, messageOf(key, reply, to.url), now);
}
