import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Actor, Target } from "../../../commands/command.ts";
import { parseTarget } from "../../../commands/grammar/target.ts";
import { found, headInWords } from "../../../commands/head.ts";
import { howToLink } from "../../../commands/link-action.ts";
import { retryJob } from "../../../commands/retry-job.ts";
import { redJobs } from "../../../commands/status-steps.ts";
import type { Settings } from "../../../config/settings.ts";
import { ServiceError, storage, UserError } from "../../../errors.ts";
import { backoffOfCommit } from "../../../pipeline/backoff/of-commit.ts";
import { ratesOnMain, verdictInWords } from "../../../pipeline/failures/describe-verdict.ts";
import { frozenSentence } from "../../../pipeline/freezes.ts";
import type { Json } from "../../../pipeline/json.ts";
import { shortSha } from "../../../pipeline/next-step.ts";
import { type Pipeline, rollup } from "../../../pipeline/pipelines.ts";
import type { Job, NewJob } from "../../../pipeline/queue.ts";
import { text } from "../../../reply.ts";
import type { Services } from "../../../services.ts";
import { resolveActor } from "../../actor.ts";
import { authorise } from "../../authorise.ts";
import type { SlackDelivery } from "../../delivery.ts";
import { resolveTarget } from "../../target.ts";
import { toReply } from "../../to-reply.ts";
import { codeOf, toServiceError } from "../client.ts";
import { openConversation } from "../open-conversation.ts";
import { ownPullRequests } from "../own-pull-requests.ts";
import type { About } from "./about.ts";
import { keepJobs } from "./suggestions.ts";
import { jobsView, type PlaceToChoose, placesView, wordsView } from "./view.ts";

/** The task of the job that fills an opened dialog. */
export const fillTask = "fill-failed-jobs";

/** A person looks at it: after a few tries they have closed it. */
const attempts = 3;

const mostVerdicts = 2;

/** What is known of an opened dialog. */
interface Opened {
  readonly viewId: string;
  /** Who opened it, and where. */
  readonly by: Pick<SlackDelivery, "team" | "user" | "receivedAt">;
  readonly about: About;
}

export const toFillJob = (opened: Opened, id: string): NewJob => ({
  id: `fill:${id}`,
  task: fillTask,
  payload: opened as unknown as Json,
  maxAttempts: attempts,
});

interface FillOptions {
  readonly slack: WebClient;
  readonly settings: Settings;
  readonly services: Services;
  readonly log: Logger;
}

/** Fills an opened dialog with the jobs that failed, or says why it cannot. Nothing is changed by it. */
export function createFill({ slack, settings, services, log }: FillOptions): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { viewId, by, about } = payload as unknown as Opened;
    try {
      const channel = about.channel ?? (await openConversation(slack, by.user)).channel;
      const placed = { ...about, channel };
      const view = await viewOf({ viewId, by, about: placed, channel }, settings, services).catch((error: unknown) => {
        if (error instanceof ServiceError && error.service === storage) throw error;
        return wordsView(placed, toReply(error, log).parts);
      });
      await slack.views.update({ view_id: viewId, view });
    } catch (error) {
      // Whoever closed it needs nothing any more.
      if (codeOf(error) !== "not_found") throw toServiceError(error);
    }
  };
}

async function viewOf(
  { viewId, by, about, channel }: Opened & { readonly channel: string },
  settings: Settings,
  services: Services,
): Promise<ModalView> {
  const delivery: SlackDelivery = { ...by, surface: "slack", source: `view:${viewId}`, channel, text: "" };
  const actor = await resolveActor(delivery, settings, services);
  const [place, ...others] = about.places;
  if (place === undefined) return placesView(about, await ownPlaces(actor, settings, services));
  if (others.length > 0)
    return placesView(
      about,
      about.places.map((each) => ({ label: each, place: each })),
    );

  const target = resolveTarget(delivery, parseTarget(place), settings, { text: "", mayOffer: false }) as Target;
  const { repository, pullRequest, ref } = target;
  const role = async () => (actor.account ? services.permissions.roleOf(actor.account, repository) : undefined);
  const verdict = await authorise(retryJob, actor, target, role, howToLink(`/${settings.prefix} `, services.invitations));
  if (!verdict.isAllowed) throw new UserError("refused", verdict.reason, verdict.message);
  const freeze = await services.records.transaction(({ freezes }) => freezes.find(repository));
  if (freeze) throw new UserError("refused", "frozen", frozenSentence(freeze));

  const head = await read(repository, pullRequest, ref, services);
  const red = redJobs(head);
  if (red.length === 0) return wordsView(about, [text(nothingRed(head), "good")]);
  await keepJobs(services.keys, viewId, red);
  const { stopped } = await backoffOfCommit(repository, head.headSha, services);
  const isGoing = rollup({ counts: { ...head.counts, failed: 0, cancelled: 0, stale: 0 } }) === "running";
  const found = await services.records.transaction(({ diagnoses }) => diagnoses.ofHead(repository, head.headSha));
  const ofRed = found.filter(({ runId }) => red.some(({ actions }) => actions?.runId === runId));
  const note = [
    ...ofRed.slice(0, mostVerdicts).map((one) => text(verdictInWords(one))),
    ...ratesOnMain(ofRed).map((rate) => text(rate)),
    ...(isGoing ? [text("Other jobs still run; a retry waits for them.")] : []),
    ...(stopped === undefined ? [] : [text(stopped)]),
  ];
  return jobsView({ ...about, sha: shortSha(head.headSha), failed: red.length }, head, red, note);
}

async function read(
  repository: string,
  pullRequest: number | undefined,
  ref: string | undefined,
  { pipelines }: Services,
): Promise<Pipeline> {
  const extent = { allJobs: true };
  if (pullRequest !== undefined)
    return found(await pipelines.ofPullRequest(repository, pullRequest, extent), `#${pullRequest}`, repository);
  return found(await pipelines.ofRef(repository, ref, extent), ref ?? "default branch", repository);
}

const nothingRed = (head: Pipeline): string => `No job of GitHub Actions is red on ${headInWords(head)}, so there is nothing to retry.`;

async function ownPlaces({ account }: Actor, settings: Settings, services: Services): Promise<readonly PlaceToChoose[]> {
  if (!account) {
    const way = howToLink(`/${settings.prefix} `, services.invitations);
    const sentence = `I do not know which pull requests are yours: you are not linked to a GitHub account. ${way}`;
    throw new UserError("refused", "not_linked", sentence);
  }
  const open = await ownPullRequests(account, settings, services);
  if (open.length === 0)
    throw new UserError("not_applicable", "no_pull_request", "You have no open pull request in the repositories that I speak of.");
  const states = { failed: "red", running: "running", passed: "green", none: "no checks" };
  return open.map((pull) => {
    const place = `${pull.repository}#${pull.number}`;
    return { place, label: `${states[rollup(pull)]} · ${place} · ${pull.title}` };
  });
}
