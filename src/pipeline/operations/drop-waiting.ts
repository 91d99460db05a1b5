import type { Services } from "../../services.ts";
import { ended } from "./act-on.ts";
import type { End, Operation } from "./operations.ts";
import { tell } from "./tell.ts";

/** Why a retry that waited is not begun. */
export const cancelledBy = (by: string, { wish }: Operation): End => ({
  kind: "refused",
  outcome: "not_applicable",
  reason: "cancelled",
  message: `${by} cancelled ${wish.workflow}, so nothing is retried when it ends.`,
});

/** Who cancels a run does not want it retried when it ends: the retries that wait for it are dropped, and say so. */
export async function dropWaiting(
  { repository, runId = 0 }: Operation,
  by: string,
  services: Pick<Services, "records" | "now">,
): Promise<void> {
  const open = await services.records.transaction(({ operations }) => operations.openOf(repository, runId));
  for (const waiting of open.filter(({ kind, stage }) => kind === "retry" && stage === "waiting")) {
    await tell(waiting, ended(waiting, cancelledBy(by, waiting)), services);
  }
}
