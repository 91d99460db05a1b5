import { ServiceError, UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import { mayTellInternals } from "../may-tell-internals.ts";
import { phaseInWords } from "../phases/phases.ts";
import { pullRequestId } from "../pull-request-id.ts";
import type { Job, NewJob } from "../queue.ts";
import type { RequestTold } from "../sessions/event.ts";
import { designChannel } from "./expected.ts";
import { addDesignHelp, type DesignWish } from "./wish.ts";

/** The task of the job that finds out where the answer to a session's request belongs, and has the design asked for. */
export const answerRequestTask = "answer-design-request";

const mostAttempts = 8;

/** Whether what a session asks for is answered here. */
export const isAnswered = (
  { subject }: Pick<RequestTold, "subject">,
  { channels, designLimits }: Pick<Services, "channels" | "designLimits">,
): boolean => subject === "design" && designLimits.isForSessions && channels.of(designChannel) !== undefined;

/** A request is answered once. */
export const toAnswerRequest = (request: RequestTold): NewJob => ({
  id: `${answerRequestTask}:${request.id}`,
  task: answerRequestTask,
  payload: { ...request },
  maxAttempts: mostAttempts,
});

type Needs = Pick<Services, "records" | "pullRequests" | "repositories" | "internalsOn" | "phasePlans" | "secrets" | "now">;

export function createAnswerRequest(services: Needs): (job: Job) => Promise<void> {
  return async ({ payload, attempt }) => {
    const request = payload as unknown as RequestTold;
    const subjectId = await placeOf(request, services).catch(orNowhere(attempt));
    const wish = toWish(request, subjectId, services);
    await services.records.transaction((tx) => addDesignHelp(wish, tx));
  };
}

function toWish(request: RequestTold, subjectId: string | undefined, { phasePlans, secrets, now }: Needs): DesignWish {
  const { id, reason, details, repository, pullRequest, headSha, phase, actor, session } = request;
  const hide = (text: string) => mask(text, secrets);
  const planned = repository === undefined ? undefined : phasePlans.of(repository)?.phases.find((one) => one.id === phase);
  return {
    id: `request:${id}`,
    input: {
      question: hide(reason),
      ...(details !== "" && { context: hide(details) }),
      ...(phase !== undefined && { phase: planned ? phaseInWords(planned) : clipped(phase, 100) }),
    },
    about: {
      ...(repository !== undefined && { repository }),
      ...(pullRequest !== undefined && { pullRequest }),
      ...(headSha !== undefined && { headSha }),
      ...(phase !== undefined && { phase }),
      ...(actor !== undefined && { actor }),
      ...(session !== undefined && { session }),
    },
    askedAt: now(),
    from: { kind: "session", request, ...(subjectId !== undefined && { subjectId }) },
  };
}

/** The pull request, where it may be told there what happens in sessions and what that costs. */
async function placeOf({ repository, pullRequest }: RequestTold, services: Needs): Promise<string | undefined> {
  if (repository === undefined || pullRequest === undefined) return undefined;
  return (await mayTellInternals(repository, services)) ? pullRequestId(repository, pullRequest, services) : undefined;
}

/** Sessions work on repositories where the App is not, too; and an outage of GitHub costs the comment only, not the answer. */
const orNowhere =
  (attempt: number) =>
  (error: unknown): undefined => {
    if (error instanceof UserError || (error instanceof ServiceError && attempt >= mostAttempts)) return undefined;
    throw error;
  };
