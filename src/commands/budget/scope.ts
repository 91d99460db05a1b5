import { UserError } from "../../errors.ts";
import type { Subject } from "../../pipeline/budgets/budget.ts";
import { periodOf } from "../../pipeline/budgets/period.ts";
import { isSameName } from "../../pipeline/same-name.ts";
import type { Services } from "../../services.ts";
import type { Context, Target } from "../command.ts";
import type { Arguments } from "../grammar/arguments.ts";

const spans = ["hour", "day", "month"] as const;
const longestSession = 200;

/** A budget as a person names it; a pull request is the target. */
export type NamedBudget =
  | { readonly scope: "pr" }
  | { readonly scope: (typeof spans)[number] }
  | { readonly scope: "session"; readonly session: string };

/** @throws UserError (invalid) */
export function takeBudget(word: string, args: Arguments): NamedBudget {
  const [, session] = /^session:(.+)$/s.exec(word) ?? [];
  if (session !== undefined && session.length <= longestSession) return { scope: "session", session };
  const named = word.toLowerCase();
  if (named === "pr") return { scope: "pr" };
  return { scope: args.choice("budget", named, spans, "#12, session:<id>") };
}

/** @throws UserError (invalid) where a pull request is meant and none is named */
export function subjectOf(named: NamedBudget, context: Context, { money, now }: Pick<Services, "money" | "now">): Subject {
  if (named.scope === "session") return named;
  if (named.scope !== "pr") return { scope: named.scope, period: periodOf(named.scope, now(), money.zone) };
  const { repository, pullRequest } = context.target as Target;
  if (pullRequest === undefined) throw new UserError("invalid", "no_pull_request", "Which pull request? Name it: budget #12");
  return { scope: "pr", repository, pullRequest };
}

/**
 * Whether those who have a role on this repository may see, and its admins set, what concerns everybody's money: only where the channel that is
 * told of budgets speaks of it. Whoever makes a repository of their own is its admin.
 */
export function isOfTheMoney(repository: string, { policies, money }: Pick<Services, "policies" | "money">): boolean {
  const channel = policies.find(({ id }) => id === money.channel);
  return channel?.repositories.some((each) => isSameName(each, repository)) === true;
}
