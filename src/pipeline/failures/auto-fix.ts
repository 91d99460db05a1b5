import type { Services } from "../../services.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { isSameName } from "../same-name.ts";
import { countAttempt, type DecideFixNeeds, decideFix } from "./decide-fix.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type FixWish, fixWishes } from "./fix-wish.ts";
import type { FixDecision } from "./fix-words.ts";

export type AutoFixNeeds = DecideFixNeeds & Pick<Services, "followed">;

export interface DecidedWish {
  readonly wish: FixWish;
  readonly decision: FixDecision;
}

/**
 * Decides what is done, without a person, about the jobs that failed from known issues, and begins what the settings let us do: once for
 * each commit and job. Telling it of the same attempt again changes nothing and gives the same answer.
 *
 * @throws ServiceError when GitHub cannot be asked; nothing was begun then that the next call does not find
 */
export async function autoFix(run: FinishedRun, diagnosis: Diagnosis, services: AutoFixNeeds): Promise<readonly DecidedWish[]> {
  const { records, now } = services;
  const followed = services.followed.find(({ repository }) => isSameName(repository, run.repository));
  if (!followed) return [];
  const { repository, runId, attempt } = run;
  await records.transaction(async ({ knownIssues }) => {
    const issues = new Set(diagnosis.jobs.flatMap(({ known }) => (known ? [known.id] : [])));
    for (const issue of issues) await knownIssues.seen(issue, repository, runId, attempt, now());
  });
  const wishes = fixWishes(diagnosis);
  if (wishes.length === 0) return [];

  await countAttempt(run, services);
  const decided: DecidedWish[] = [];
  for (const wish of wishes) decided.push({ wish, decision: await decideFix(wish, run, diagnosis, followed.autoFix, services) });
  return decided;
}
