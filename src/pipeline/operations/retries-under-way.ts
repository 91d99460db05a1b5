import type { Services } from "../../services.ts";
import type { Planned } from "./carry-out.ts";
import type { Operation } from "./operations.ts";
import type { RetryPlan } from "./plan-retry.ts";
import { toWish } from "./to-wish.ts";

/** Retries of the same that somebody has set going already: whoever asks for them now joins in. */
export async function retriesUnderWay(plan: RetryPlan, { records }: Pick<Services, "records">): Promise<readonly Planned[]> {
  const { head, runs, wanted, intent, asker, place, now } = plan;
  const { repository } = head;
  const planned: Planned[] = [];
  for (const run of runs) {
    const open = await records.transaction(({ operations }) => operations.openOf(repository, run.id));
    const same = open.find((other) => other.kind === "retry" && isAbout(other, wanted?.name));
    if (!same) continue;
    const { attempt, jobs, oneJob, debug } = same.wish;
    const wish = { ...toWish(head, run), attempt, jobs, ...(oneJob && { oneJob }), ...(debug && { debug }) };
    const id = `${intent}#${planned.length}`;
    planned.push({ operation: { id, intent, kind: "retry", stage: "asked", repository, runId: run.id, asker, place, wish, askedAt: now } });
  }
  return planned;
}

const isAbout = ({ wish }: Operation, job: string | undefined): boolean => job === undefined || wish.jobs.includes(job);
