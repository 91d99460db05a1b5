import type { Command, Target } from "../commands/command.ts";
import { UserError } from "../errors.ts";
import { frozenSentence } from "../pipeline/freezes.ts";
import type { Services } from "../services.ts";

/** @throws UserError (refused) for a command that would change something in a frozen repository */
export async function refuseWhileFrozen(
  command: Command,
  target: Target | undefined,
  { records }: Pick<Services, "records">,
): Promise<void> {
  if (!command.isMutating || command.worksWhileFrozen || !target) return;
  const freeze = await records.transaction(({ freezes }) => freezes.find(target.repository));
  if (freeze) throw new UserError("refused", "frozen", frozenSentence(freeze));
}
