import { ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import { actOn, ended, hasBegun, move } from "./act-on.ts";
import { covers, joinedTo } from "./covers.ts";
import { toFollow } from "./follow-task.ts";
import { whyNotAnyMore } from "./may-still.ts";
import type { Operation } from "./operations.ts";
import { toEnd } from "./refusals.ts";

export type CarryOutNeeds = Pick<Services, "runs" | "records" | "permissions" | "pipelines" | "links">;

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
export async function carryOut(
  intent: string,
  plan: () => Promise<readonly Planned[]>,
  services: CarryOutNeeds,
): Promise<readonly Operation[]> {
  const stored = await services.records.transaction((tx) => begunOf(intent, tx));
  if (stored) return inOrder(stored, (operation) => goOn(operation, services));

  const planned = await plan();
  // While we planned, another worker may have got the wish, because we were thought dead.
  const { operations, isOurs } = await services.records.transaction(async (tx) => {
    const begun = await begunOf(intent, tx);
    return { operations: begun ?? (await inOrder(planned, ({ operation }) => store(operation, tx))), isOurs: !begun };
  });
  if (!isOurs) return operations;
  return inOrder(operations, async (operation, index) => {
    if (operation.stage !== "asked") return operation;
    const acted = await actOn(operation, services, planned[index]?.jobId);
    if (acted.end) await lookAfterJoined(acted, services);
    return acted;
  });
}

/** Who joined it a moment ago must not wait for what will not come. */
async function lookAfterJoined({ id, repository, runId = 0 }: Operation, { records }: CarryOutNeeds): Promise<void> {
  await records.transaction(({ queue }) => queue.add(toFollow(`refused:${id}`, { repository, runId })));
}

/** What was begun of a wish; undefined when nothing was, or all of it failed and may be tried again. */
export async function begunOf(intent: string, { operations }: Transaction): Promise<readonly Operation[] | undefined> {
  const stored = await operations.ofIntent(intent);
  return stored.some(({ end }) => end?.kind !== "refused" || end.outcome !== "failed") ? stored : undefined;
}

/** One after the other: GitHub asks for writes in a row, and a transaction knows no other way. */
async function inOrder<T>(items: readonly T[], work: (item: T, index: number) => Operation | Promise<Operation>): Promise<Operation[]> {
  const done: Operation[] = [];
  for (const [index, item] of items.entries()) done.push(await work(item, index));
  return done;
}

/** Somebody else's operation that does the same is joined, and GitHub is not asked again. */
async function store(operation: Operation, { operations }: Transaction): Promise<Operation> {
  const others = operation.stage === "ended" ? [] : await operations.openOf(operation.repository, operation.runId ?? 0);
  const same = others.find((other) => covers(other, operation) && mayBeJoined(other, operation.askedAt));
  const stored = same ? joinedTo(same, operation) : operation;
  await operations.put(stored);
  return stored;
}

/** GitHub answers within this time; what it has not answered by then may never have been heard. */
const answersWithinMs = 30_000;

const mayBeJoined = ({ stage, askedAt, actedAt = askedAt }: Operation, now: number): boolean =>
  stage !== "asked" || now - actedAt < answersWithinMs;

/** Where it cannot be found out how far it came, it stays as it is, which is told as uncertain, and the run is watched. */
async function goOn(operation: Operation, services: CarryOutNeeds): Promise<Operation> {
  if (operation.stage !== "asked") return operation;
  try {
    const next = await nextAfterCrash(operation, services);
    return next === operation ? await actOn(operation, services) : await move(operation, next, services);
  } catch (error) {
    if (error instanceof ServiceError) return operation;
    throw error;
  }
}

/** @returns the operation itself when GitHub has not heard of it and may still be asked */
async function nextAfterCrash(operation: Operation, services: CarryOutNeeds): Promise<Operation> {
  const { repository, runId = 0, kind, wish } = operation;
  const run = await services.runs.find(repository, runId);
  if (!run) return ended(operation, toEnd({ because: "not_found", said: "" }, kind, { repository, workflow: wish.workflow }));
  if (hasBegun(operation, run)) return { ...operation, stage: "running" };
  if (kind === "retry" && !run.isOver) return { ...operation, stage: "waiting" };
  const end = kind === "cancel" ? undefined : await whyNotAnyMore(operation, services);
  return end ? ended(operation, end) : operation;
}
