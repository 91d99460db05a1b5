import { UserError } from "../../errors.ts";
import type { AuditFilter } from "../../pipeline/audit.ts";
import { type Outcome, outcomes } from "../../reply.ts";
import type { Arguments } from "../grammar/arguments.ts";
import type { TargetRef } from "../grammar/target.ts";
import { momentOf, parseWhen, type When } from "./when.ts";
import { parseWho, type Who } from "./who.ts";

/** What was asked for, before it is known who asks, when, and where. */
export interface Asked {
  readonly target?: TargetRef;
  readonly actor?: Who;
  readonly command?: string;
  readonly outcome?: Outcome;
  readonly since?: When;
  readonly until?: When;
}

/** Takes the filters out of the arguments. Throws UserError (invalid). */
export function takeFilter(args: Arguments): Asked {
  const target = args.target();
  if (target?.ref !== undefined) {
    throw new UserError("invalid", "bad_target", "The audit knows pull requests (#12) and repositories (owner/repo@), and no branches.");
  }
  const [actor, command, outcome] = [args.pair("actor"), args.pair("command"), args.pair("outcome")];
  const [since, until] = [args.pair("since"), args.pair("until")];
  return {
    ...(target && { target }),
    ...(actor !== undefined && { actor: parseWho(actor) }),
    ...(command !== undefined && { command: command.toLowerCase() }),
    ...(outcome !== undefined && { outcome: args.choice("outcome", outcome, outcomes) }),
    ...(since !== undefined && { since: parseWhen("since", since) }),
    ...(until !== undefined && { until: parseWhen("until", until) }),
  };
}

/** What to look for. The place is added by the caller, who has authorised it. */
export function toFilter({ actor, command, outcome, since, until }: Asked, me: AuditFilter["actor"], now: number): AuditFilter {
  const who = actor === "me" ? me : actor;
  return {
    ...(who && { actor: who }),
    ...(command !== undefined && { command }),
    ...(outcome !== undefined && { outcome }),
    ...(since && { since: momentOf(since, now, "begin") }),
    ...(until && { until: momentOf(until, now, "end") }),
  };
}
