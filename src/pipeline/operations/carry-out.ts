import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import { actOn, ended, hasBegun, move } from "./act-on.ts";
import type { Operation } from "./operations.ts";
import { toEnd } from "./refusals.ts";

type Needs = Pick<Services, "runs" | "records">;

export interface Planned {
  readonly operation: Operation;
  /** The one job to run again, as its newest attempt is known. */
  readonly jobId?: number;
}

/**
 * Does what a wish asks for. What is about to be done is stored first; when a crash interrupts it, the next call finds it stored, looks how
 * far GitHub is, and goes on from there.
 *
 * @param plan says what to do; it is not asked again after a crash
 * @returns the operations of the wish as they stand
 */
export async function carryOut(intent: string, plan: () => Promise<readonly Planned[]>, services: Needs): Promise<readonly Operation[]> {
  const stored = await services.records.transaction(({ operations }) => operations.ofIntent(intent));
  if (stored.some((operation) => !hasFailed(operation))) return inOrder(stored, (operation) => goOn(operation, services));

  const planned = await plan();
  const joined = await services.records.transaction(async (tx) => inOrder(planned, ({ operation }) => store(operation, tx)));
  return inOrder(joined, (operation, index) =>
    operation.stage === "asked" ? actOn(operation, services, planned[index]?.jobId) : operation,
  );
}

const hasFailed = ({ end }: Operation): boolean => end?.kind === "refused" && end.outcome === "failed";

/** One after the other: GitHub asks for writes in a row, and a transaction knows no other way. */
async function inOrder<T>(items: readonly T[], work: (item: T, index: number) => Operation | Promise<Operation>): Promise<Operation[]> {
  const done: Operation[] = [];
  for (const [index, item] of items.entries()) done.push(await work(item, index));
  return done;
}

/** Somebody else's operation that does the same is joined, and GitHub is not asked again. */
async function store(operation: Operation, { operations }: Transaction): Promise<Operation> {
  const others = operation.stage === "ended" ? [] : await operations.openOf(operation.repository, operation.runId ?? 0);
  const same = others.find((other) => covers(other, operation));
  const joined: Operation = same
    ? {
        ...operation,
        isJoined: true,
        stage: same.stage === "waiting" ? "waiting" : "running",
        wish: { ...operation.wish, attempt: same.wish.attempt },
      }
    : operation;
  await operations.put(joined);
  return joined;
}

function covers(other: Operation, operation: Operation): boolean {
  if (other.kind !== operation.kind || other.intent === operation.intent) return false;
  const { jobs } = operation.wish;
  return !other.wish.oneJob || (jobs.length > 0 && jobs.every((job) => other.wish.jobs.includes(job)));
}

async function goOn(operation: Operation, services: Needs): Promise<Operation> {
  if (operation.stage !== "asked") return operation;
  const { repository, runId = 0, kind, wish } = operation;
  const run = await services.runs.find(repository, runId);
  if (run && !hasBegun(operation, run) && (kind !== "retry" || run.isOver)) return actOn(operation, services);

  const next: Operation = !run
    ? ended(operation, toEnd("not_found", { repository, workflow: wish.workflow }))
    : { ...operation, stage: hasBegun(operation, run) ? "running" : "waiting" };
  return move(operation, next, services);
}
