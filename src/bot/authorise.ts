import type { Actor, Command, Target, Verdict } from "../commands/command.ts";
import { isAtLeast, type Role } from "../pipeline/access.ts";

/**
 * Decides whether this person may use this command on this target (docs/permissions.md).
 *
 * @param howToLink what somebody unlinked can do about it
 * @param role asks for the actor's role on the target; it is called only where the answer matters
 * @throws ServiceError when the role could not be looked up, which is neither yes nor no
 */
export async function authorise(
  command: Command,
  actor: Actor,
  target: Target | undefined,
  role: () => Promise<Role | undefined>,
  howToLink: string,
): Promise<Verdict> {
  if (command.role === "any") return { isAllowed: true };
  if (!target)
    return no(
      "no_repository",
      `This channel is bound to no repository. Name one, as in ${command.name} owner/repo@, or have a maintainer bind it in config/nextrust.yml.`,
    );

  const mayReadAsMember = actor.surface === "slack" && target.isHome && command.role === "read";
  if (mayReadAsMember) return { isAllowed: true };

  const { repository } = target;
  if (!actor.account) {
    const what = command.role === "read" ? `${repository} is not bound to this channel, so reading it` : `"${command.name}"`;
    return no("not_linked", `${what} needs your GitHub account, and you are not linked. ${howToLink}`);
  }
  const held = (await role()) ?? "none";
  if (isAtLeast(held, command.role)) return { isAllowed: true };
  return no(
    "role_too_low",
    `"${command.name}" needs the role ${command.role} on ${repository}; you hold ${held}. An admin of ${repository} can grant it.`,
  );
}

const no = (reason: string, message: string): Verdict => ({ isAllowed: false, reason, message });
