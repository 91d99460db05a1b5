import type { Command } from "../commands/command.ts";
import { UserError } from "../errors.ts";
import type { Services } from "../services.ts";
import type { Delivery } from "./delivery.ts";

const lateAfterMs = 30 * 60_000;

/**
 * Whoever waited that long for a change has helped themselves, or no longer wants it: a delivery may be repeated hours after the comment.
 *
 * @throws UserError (refused), unless the change had begun before a crash
 */
export async function refuseLate(
  command: Command,
  delivery: Delivery,
  intent: string,
  { records, now }: Pick<Services, "records" | "now">,
): Promise<void> {
  const lateByMs = now() - (delivery.surface === "github" ? delivery.saidAt : delivery.receivedAt);
  if (!command.isMutating || lateByMs < lateAfterMs) return;
  const begun = await records.transaction(({ operations }) => operations.ofIntent(intent));
  if (begun.length > 0) return;
  const minutes = Math.round(lateByMs / 60_000);
  throw new UserError(
    "refused",
    "too_late",
    `This reached me ${minutes} minutes after you wrote it, so nothing was done. Ask again if you still want it.`,
  );
}
