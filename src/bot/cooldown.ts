import type { Actor, Command, Target } from "../commands/command.ts";
import { UserError } from "../errors.ts";
import type { Services } from "../services.ts";

/**
 * Spaces one person's uses of one mutating command in one repository. Uses within one comment count once, because they share a source.
 *
 * @param typed the whole command, to be offered once more
 * @returns to be told at the end whether something was done; a use that did nothing ends it early, unless another one in the comment did something
 * @throws UserError (refused) that says how long to wait
 */
export async function cooldown(
  command: Command,
  typed: string,
  actor: Actor,
  target: Target | undefined,
  source: string,
  seconds: number,
  { claims, keys }: Pick<Services, "claims" | "keys">,
): Promise<(hasDone: boolean) => Promise<void>> {
  if (!command.isMutating || command.isUnspaced || seconds === 0) return async () => {};
  // One person is one GitHub account on every surface, and GitHub's names ignore case.
  const who = actor.account ? `github:${actor.account.id}` : actor.key;
  const where = target?.repository.toLowerCase() ?? "";
  const key = `cooldown:${who}:${command.name}:${where}`;
  const claim = await claims.claim(key, source, seconds * 1000);
  if (claim.state !== "held") {
    return async (hasDone) => {
      if (hasDone) await keys.set(`${key}:used`, source, seconds * 1000);
      else if ((await keys.get(`${key}:used`)) !== source) await claims.settle(key, source, { outcome: "failed" });
    };
  }
  const sentence = `You used ${command.name} a moment ago. Try again in ${Math.ceil(claim.freeInMs / 1000)} s.`;
  throw new UserError("refused", "cooldown", sentence, { actions: [{ label: "Try again", command: typed }] });
}
