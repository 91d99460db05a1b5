import type { Context } from "../context.ts";
import { howItEnded } from "../output/how-it-ended.ts";
import type { PayloadOf } from "../payload.ts";
import { secretsIn } from "../secrets.ts";
import { callOf } from "./call-of.ts";
import { didFail } from "./did-fail.ts";
import { readError } from "./first-error.ts";
import { tellFailure } from "./tell-failure.ts";

export async function countFailure(payload: PayloadOf<"post-tool-use-failure">, context: Context): Promise<void> {
  if (!didFail(payload)) return;
  const { key, text: command } = callOf(payload, context);
  const { error } = await readError(payload.error, secretsIn(context.variables));
  const commit = context.head()?.sha ?? "";
  const journal = context.journal();
  journal.transaction(() => tellFailure(journal.failures.add({ key, command, commit, error, at: context.now() }), context));
}

export function forgetFailures(payload: PayloadOf<"post-tool-use">, commit: string, context: Context): void {
  const { key, tellsEnd } = callOf(payload, context);
  if (tellsEnd && howItEnded(payload) === "by itself") context.journal().failures.pass(key, commit);
}
