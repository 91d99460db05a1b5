import { createHash } from "node:crypto";
import type { CommandFailure } from "../../pipeline/sessions/command-failures.ts";
import type { Context } from "../context.ts";

/** Once may be chance. */
const leastTold = 2;

/** Leaves it for the bot that something failed again and again: each time more fully, and under one name until it passes. */
export function tellFailure(failure: CommandFailure, context: Pick<Context, "journal" | "origin">): void {
  if (failure.failures < leastTold) return;
  const { key, commit, command, failures, firstAt, lastAt, errors, knownIssue } = failure;
  const id = createHash("sha256")
    .update(JSON.stringify([key, commit, firstAt]))
    .digest("hex");
  const event = { ...context.origin(), type: "failure", id, at: lastAt, command, failures, error: errors.at(-1) ?? "" } as const;
  context.journal().spool.add([{ ...event, ...(knownIssue !== undefined && { knownIssue }) }], lastAt);
}
