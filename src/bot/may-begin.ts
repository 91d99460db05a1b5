import type { Command, Target } from "../commands/command.ts";
import { UserError } from "../errors.ts";
import { frozenSentence } from "../pipeline/freezes.ts";
import { begunOf } from "../pipeline/operations/carry-out.ts";
import type { Services } from "../services.ts";
import type { Delivery } from "./delivery.ts";

const lateAfterMs = 30 * 60_000;

/**
 * Whether a change may begin now. What had begun before a crash is no new change: it goes on, and says how far it came.
 *
 * @throws UserError (refused) in a frozen repository, and when the wish comes so late that whoever waited has helped themselves: a delivery
 *   may be repeated hours after the comment
 */
export async function refuseToBegin(
  command: Command,
  target: Target | undefined,
  delivery: Delivery,
  intent: string,
  { records, now }: Pick<Services, "records" | "now">,
): Promise<void> {
  if (!command.isMutating) return;
  const { freeze, hasBegun } = await records.transaction(async (tx) => {
    const found = target && (await tx.freezes.find(target.repository));
    return { freeze: found, hasBegun: found?.intent === intent || (await begunOf(intent, tx)) !== undefined };
  });
  if (hasBegun) return;
  if (freeze && !command.worksWhileFrozen) throw new UserError("refused", "frozen", frozenSentence(freeze));

  const lateByMs = now() - (delivery.surface === "github" ? delivery.saidAt : delivery.receivedAt);
  if (lateByMs < lateAfterMs) return;
  const minutes = Math.round(lateByMs / 60_000);
  const sentence = `This reached me ${minutes} minutes after you wrote it, so nothing was done. Ask again if you still want it.`;
  throw new UserError("refused", "too_late", sentence);
}
