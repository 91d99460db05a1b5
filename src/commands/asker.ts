import type { Asker } from "../pipeline/operations/operations.ts";
import type { Context } from "./command.ts";

/** Who asked, as an operation keeps it. */
export function toAsker({
  actor: { key, name, surface, account },
  pullRequestHere: pullRequest,
}: Pick<Context, "actor" | "pullRequestHere">): Asker {
  return { key, name, surface, ...(account && { account }), ...(pullRequest !== undefined && { pullRequest }) };
}
