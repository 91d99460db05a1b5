import type { Pipeline } from "../../pipelines.ts";
import type { Transaction } from "../../records.ts";
import { sharedBy } from "./part-of.ts";
import { findPull, standingOf } from "./pull-failures.ts";
import { findOut } from "./show-pull.ts";

/** Of which incidents what is red of a pull request's head is part: `true` where they explain all of it. */
export async function partsOfPull(tx: Transaction, { repository, headSha, subject }: Pipeline): Promise<ReadonlyMap<number, boolean>> {
  const pull = subject.kind === "pull_request" ? await findPull(tx, repository, subject.number) : undefined;
  if (!pull) return new Map();
  const standing = standingOf(pull);
  if (standing.headSha !== headSha) return new Map();
  const { diagnoses, incidents } = await findOut(tx, pull);
  const found = standing.red.map((run) => sharedBy(run, diagnoses.get(run.runId), incidents));
  const isAll = found.every((one) => one.isAll);
  return new Map(found.flatMap(({ shared }) => shared.map(({ incident }) => [incident.number, isAll])));
}
