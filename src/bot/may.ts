import type { Actor, Command, Target, Verdict } from "../commands/command.ts";
import { howToLink } from "../commands/link-action.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, UserError } from "../errors.ts";
import type { Role } from "../pipeline/access.ts";
import { isSameName } from "../pipeline/same-name.ts";
import type { Services } from "../services.ts";
import { authorise } from "./authorise.ts";
import { type Delivery, typedPrefix } from "./delivery.ts";
import { once } from "./once.ts";

/** What one person may do about one target, here. The role is looked up once, and only where it matters. */
export interface Rights {
  /** @throws ServiceError when the role could not be looked up, which is neither yes nor no */
  may(command: Command): Promise<Verdict>;
  /** As `may`; what cannot be looked up is a no that says so. */
  mayAsFarAsKnown(command: Command): Promise<Verdict>;
  /** The role on the target; undefined without an account, a target, or an answer. */
  role(): Promise<Role | undefined>;
}

export function rightsOf(
  actor: Actor,
  target: Target | undefined,
  delivery: Delivery,
  { allow, prefix }: Settings,
  { permissions, invitations }: Pick<Services, "permissions" | "invitations">,
): Rights {
  const role = once(async () => (target && actor.account ? permissions.roleOf(actor.account, target.repository) : undefined));
  const wayToLink = howToLink(typedPrefix(delivery, prefix), invitations);
  const isPublic = isOpenToAll(delivery, allow.internalsOn);
  const may = async (command: Command): Promise<Verdict> => {
    const verdict = await authorise(command, actor, target, role, wayToLink);
    return verdict.isAllowed && command.isInternal && isPublic ? notInPublic(command, target) : verdict;
  };
  return { may, mayAsFarAsKnown: (command) => may(command).catch(toVerdict), role: () => role().catch(ifUnknown) };
}

/** Whether what tells of inner workings may stand beside other words about the target, for whoever reads along. */
export const showsInternals = (delivery: Delivery, target: Target | undefined, { allow }: Settings): boolean =>
  delivery.surface === "slack" || (target?.isHome === true && !isOpenToAll(delivery, allow.internalsOn));

/** Whether anybody on the internet reads the answer along. */
function isOpenToAll(delivery: Delivery, except: readonly string[]): boolean {
  if (delivery.surface === "slack" || delivery.isPrivate) return false;
  return !except.some((repository) => isSameName(repository, delivery.repository));
}

const notInPublic = ({ name }: Command, target: Target | undefined): Verdict => ({
  isAllowed: false,
  reason: "not_in_public",
  message: `"${name}" is not told where everybody can read it. Ask in Slack: ${name} ${target?.repository ?? "owner/repo"}@`,
});

function toVerdict(error: unknown): Verdict {
  if (error instanceof UserError) return { isAllowed: false, reason: error.reason, message: error.message };
  if (!(error instanceof ServiceError)) throw error;
  return { isAllowed: false, reason: "role_unknown", message: `Your role could not be checked: ${error.message} Try again in a minute.` };
}

/** Help and whoami go on without a role that cannot be had just now. */
function ifUnknown(error: unknown): undefined {
  if (!(error instanceof ServiceError || error instanceof UserError)) throw error;
}
