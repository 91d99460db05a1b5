import { UserError } from "../../errors.ts";
import { done, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { fullName } from "../match-by-name.ts";
import { nextStep, shortSha } from "../next-step.ts";
import type { Pipeline } from "../pipelines.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { isSameName } from "../same-name.ts";
import { tellPerson } from "./tell-person.ts";
import { verdictOf } from "./verdict.ts";
import type { Watch } from "./watches.ts";

/** The task of the job that looks how watched pull requests stand. */
export const lookAtWatchedTask = "look-at-watched";

/** What happened: to a commit, or to a pull request. */
export type Happened =
  | { readonly kind: "run_ended"; readonly headSha: string }
  | { readonly kind: "look" | "closed"; readonly number: number }
  | { readonly kind: "dequeued"; readonly number: number; readonly reason: string };

/** One repository's in order, so that what came first is told first. */
export const toLookAtWatched = (id: string, repository: string, happened: Happened): NewJob => ({
  id,
  task: lookAtWatchedTask,
  payload: { repository, happened: { ...happened } },
  lane: `watched:${repository.toLowerCase()}`,
});

type Needs = Pick<Services, "records" | "pipelines" | "permissions" | "policies" | "workspace" | "now">;

const mostNamed = 5;

/** Tells those who watch. What nobody watches costs no call. */
export function createLookAtWatched(services: Needs): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { repository, happened } = payload as unknown as { repository: string; happened: Happened };
    const { records } = services;
    const watches = await records.transaction(({ watches }) =>
      happened.kind === "run_ended" ? watches.ofHead(repository, happened.headSha) : watches.ofPullRequest(repository, happened.number),
    );
    if (happened.kind === "closed") return records.transaction(async (tx) => forget(watches, tx));
    for (const number of new Set(watches.map((watch) => watch.number))) {
      await look(
        repository,
        number,
        watches.filter((watch) => watch.number === number),
        happened,
        services,
      );
    }
  };
}

async function forget(watches: readonly Watch[], tx: Transaction): Promise<void> {
  for (const { person, repository, number } of watches) await tx.watches.remove(person, repository, number);
}

async function look(repository: string, number: number, watches: readonly Watch[], happened: Happened, services: Needs): Promise<void> {
  const { records, now } = services;
  const pipeline = await ifInstalled(() => services.pipelines.ofPullRequest(repository, number, { allJobs: true }));
  if (pipeline === "not installed")
    return records.transaction(async (tx) => {
      for (const watch of watches) await giveUp(watch, "I cannot read the repository any more", tx, now());
    });
  if (pipeline?.subject.kind !== "pull_request" || pipeline.subject.state !== "open") {
    return records.transaction((tx) => forget(watches, tx));
  }
  for (const watch of watches) {
    const maySee = await mayRead(watch, services);
    await records.transaction((tx) =>
      maySee ? tell(watch, pipeline, happened, tx, now()) : giveUp(watch, "you may not read the repository any more", tx, now()),
    );
  }
}

async function ifInstalled<T>(read: () => Promise<T>): Promise<T | "not installed"> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) return "not installed";
    throw error;
  }
}

/** By a role of one's own, or as a member of the workspace in a channel that is bound to the repository. */
async function mayRead({ person, account, channel, repository }: Watch, { permissions, policies, workspace }: Needs): Promise<boolean> {
  if (account && (await permissions.roleOf(account, repository)) !== "none") return true;
  const bound = policies.find(({ id }) => id === channel)?.repositories ?? [];
  if (!bound.some((one) => isSameName(one, repository))) return false;
  return (await workspace.member(person)).kind !== "deactivated";
}

async function giveUp(watch: Watch, why: string, tx: Transaction, now: number): Promise<void> {
  const { person, repository, number } = watch;
  if (!(await tx.watches.remove(person, repository, number))) return;
  const sentence = `I tell you nothing more of #${number} (${repository}): ${why}.`;
  const line = { text: sentence, mood: "idle", url: "" } as const;
  const key = `watch-end:${person}:${repository.toLowerCase()}#${number}:${now}`;
  await tellPerson(tx, person, { key, line, reply: done("watch_ended", text(sentence, "idle")) }, now);
}

async function tell(
  { person, repository, number }: Watch,
  pipeline: Pipeline,
  happened: Happened,
  tx: Transaction,
  now: number,
): Promise<void> {
  const watch = await tx.watches.find(person, repository, number);
  if (!watch) return;
  const { headSha } = pipeline;
  const told = watch.headSha === headSha ? watch.told : [];
  const kind = happened.kind === "dequeued" ? "dequeued" : verdictOf(pipeline) && "verdict";
  const isNews = kind !== undefined && !told.includes(kind);
  await tx.watches.put({ ...watch, headSha, told: isNews ? [...told, kind] : told });
  if (!isNews) return;

  const reply = happened.kind === "dequeued" ? describeDequeued(pipeline, happened.reason) : describeVerdict(pipeline);
  const [first] = reply.parts;
  if (first?.kind !== "text") return;
  const line = { text: first.text, mood: first.mood ?? "idle", url: urlOf(pipeline) } as const;
  await tellPerson(
    tx,
    person,
    { key: `watch:${person}:${repository.toLowerCase()}#${number}:${headSha}:${kind}:${now}`, line, reply },
    now,
  );
}

const urlOf = ({ subject, headUrl }: Pipeline): string => (subject.kind === "pull_request" ? subject.url : headUrl);

const nameOf = ({ repository, subject, headSha }: Pipeline): string =>
  subject.kind === "pull_request" ? `#${subject.number} @${shortSha(headSha)} (${repository})` : `@${shortSha(headSha)} (${repository})`;

/** What somebody who watches is told of the pull request's checks, which have spoken. */
function describeVerdict(pipeline: Pipeline): Reply {
  const verdict = verdictOf(pipeline);
  const { repository, headSha, subject } = pipeline;
  const title = subject.kind === "pull_request" ? [text(subject.title)] : [];
  const link = { text: "The pull request", url: urlOf(pipeline) };
  if (verdict?.is !== "red") return { ...done("green", text(`${nameOf(pipeline)} is green`, "good"), ...title), link };

  const names = verdict.failed.slice(0, mostNamed).map((job) => fullName(job));
  const more = verdict.failed.length > mostNamed ? ` and ${verdict.failed.length - mostNamed} more` : "";
  const head = { surface: "slack", repository, headSha, ...(subject.kind === "pull_request" && { pullRequest: subject.number }) } as const;
  return {
    ...done("red", text(`${nameOf(pipeline)} is red: ${names.join(", ")}${more}`, "bad"), ...title),
    link,
    actions: [nextStep("Retry failed jobs", "retry-job --failed", head)],
  };
}

function describeDequeued(pipeline: Pipeline, reason: string): Reply {
  const why = reason.toLowerCase().replaceAll("_", " ");
  return {
    ...done("dequeued", text(`${nameOf(pipeline)} was taken out of the merge queue: ${why}`, "bad")),
    link: { text: "The pull request", url: urlOf(pipeline) },
  };
}
