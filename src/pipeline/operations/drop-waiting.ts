import type { Services } from "../../services.ts";
import { ended } from "./act-on.ts";
import type { Operation } from "./operations.ts";
import { tell } from "./tell.ts";

/** Who cancels a run does not want it retried when it ends: the retries that wait for it are dropped, and say so. */
export async function dropWaiting(
  { repository, runId = 0 }: Operation,
  by: string,
  services: Pick<Services, "records" | "now">,
): Promise<void> {
  const open = await services.records.transaction(({ operations }) => operations.openOf(repository, runId));
  for (const waiting of open.filter(({ kind, stage }) => kind === "retry" && stage === "waiting")) {
    const message = `${by} cancelled ${waiting.wish.workflow}, so nothing is retried when it ends.`;
    await tell(waiting, ended(waiting, { kind: "refused", outcome: "not_applicable", reason: "cancelled", message }), services);
  }
}
