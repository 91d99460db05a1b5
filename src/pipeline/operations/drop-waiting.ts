import type { Services } from "../../services.ts";
import { ended } from "./act-on.ts";
import { tell } from "./tell.ts";

/** Who cancels a run does not want it retried when it ends: the retries that wait for it are dropped, and say so. */
export async function dropWaiting(
  repository: string,
  runId: number,
  by: string,
  services: Pick<Services, "records" | "now">,
): Promise<void> {
  const open = await services.records.transaction(({ operations }) => operations.openOf(repository, runId));
  for (const operation of open.filter(({ kind, stage }) => kind === "retry" && stage === "waiting")) {
    const message = `${by} cancelled ${operation.wish.workflow}, so nothing is retried when it ends.`;
    await tell(operation, ended(operation, { kind: "refused", outcome: "not_applicable", reason: "cancelled", message }), services);
  }
}
