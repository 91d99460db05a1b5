import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { mayTellInternals } from "../may-tell-internals.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import type { Crossing } from "./book.ts";
import { keyOf, type Subject } from "./budget.ts";
import { describeAlert } from "./describe-alert.ts";

/** The task of the job that says on a pull request how its budget stands. */
export const tellPullTask = "tell-pull-of-budget";

type PullSubject = Extract<Subject, { scope: "pr" }>;

/** Each change is told, however many follow: what is said is what stands when it is said. */
export const toTellPull = ({ repository, pullRequest }: PullSubject, now: number): NewJob => ({
  id: `${tellPullTask}:${repository.toLowerCase()}#${pullRequest}:${now}`,
  task: tellPullTask,
  payload: { repository, pullRequest },
});

type Needs = Pick<Services, "records" | "pullRequests" | "repositories" | "internalsOn" | "money">;

/** One comment, edited as it goes on. Where everybody reads along nothing is said of money, unless the settings allow it. */
export function createTellPull({ records, pullRequests, repositories, internalsOn, money }: Needs): (job: Job) => Promise<void> {
  const find = async (repository: string, pullRequest: number) => {
    const isAllowed = await mayTellInternals(repository, { internalsOn, repositories });
    return isAllowed ? pullRequests.idOf(repository, pullRequest) : undefined;
  };
  return async ({ payload }) => {
    const { repository, pullRequest } = payload as { repository: string; pullRequest: number };
    const subjectId = await find(repository, pullRequest).catch(orNowhere);
    if (subjectId === undefined) return;
    await records.transaction(async (tx) => {
      const crossings = await crossingsOf({ scope: "pr", repository, pullRequest }, tx);
      if (crossings.length === 0) return;
      const key = `budget:${repository.toLowerCase()}#${pullRequest}`;
      const reply = describeAlert({ crossings, contributors: [], zone: money.zone });
      await tx.outbox.put({
        key,
        lane: key,
        address: { surface: "github", repository, subjectId, staysDeleted: true },
        answers: [{ reply }],
      });
    });
  };
}

/** People spend money on repositories where the App is not, too: there is nothing to write on. */
function orNowhere(error: unknown): undefined {
  if (error instanceof UserError) return undefined;
  throw error;
}

/** What stands; where nothing does, what was told last, so that it is seen to be over. */
async function crossingsOf(subject: PullSubject, tx: Transaction): Promise<readonly Crossing[]> {
  const key = keyOf(subject);
  const standing = await tx.budgets.crossings(key, "always");
  return standing.length > 0 ? standing : await tx.budgets.takenBack(key, "always");
}
