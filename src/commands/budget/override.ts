import { UserError } from "../../errors.ts";
import { keyOf, periodKeyOf, type Subject } from "../../pipeline/budgets/budget.ts";
import { subjectInWords } from "../../pipeline/budgets/in-words.ts";
import { standings } from "../../pipeline/budgets/standing.ts";
import { toTouchBudget, touchNow } from "../../pipeline/budgets/touch.ts";
import { type PicoUsd, parseUsd, showUsd } from "../../pipeline/usage/money.ts";
import { done, facts, type Reply, text } from "../../reply.ts";
import type { BudgetNeeds } from "../budget.ts";
import type { Context, Target } from "../command.ts";
import type { Arguments } from "../grammar/arguments.ts";
import type { TargetRef } from "../grammar/target.ts";
import { describeStandings } from "./describe.ts";
import { isOfTheMoney, type NamedBudget, subjectOf, takeBudget } from "./scope.ts";

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const usualMs = 7 * units.d;
const longestMs = 90 * units.d;
const mostUsd = "1000000";
const longestReason = 500;

export interface NamedOverride {
  readonly named: NamedBudget;
  readonly limitPico: PicoUsd;
  readonly reason: string;
  /** How long it holds; absent: until the period ends, or a week where it has none. */
  readonly forMs?: number;
}

/** @throws UserError (invalid) */
export function takeOverride(args: Arguments, target: TargetRef | undefined): NamedOverride {
  const span = args.pair("for");
  const words = args.words();
  const [first, second] = target?.pullRequest !== undefined ? ["pr", words[0]] : words;
  if (first === undefined || second === undefined || words.length > (target?.pullRequest !== undefined ? 1 : 2))
    throw invalid("missing_argument", "Say which budget, and how much: budget override day 300 -- reason");
  const limitPico = parseUsd(second);
  if (limitPico === undefined || limitPico < 0n || limitPico > (parseUsd(mostUsd) ?? 0n))
    throw invalid("bad_amount", `“${second.slice(0, 60)}” is no limit in dollars: it is a number such as 40 or 12.50, up to ${mostUsd}.`);
  const reason = args.reason?.trim().slice(0, longestReason);
  if (!reason)
    throw invalid(
      "no_reason",
      "Say why, behind two hyphens: it stands beside the budget as long as it holds. budget override day 300 -- release day",
    );
  return { named: takeBudget(first, args), limitPico, reason, ...(span !== undefined && { forMs: toMs(span) }) };
}

/** Sets another limit, which is told with its reason, and looks at the budget anew: what is crossed no more is taken back. */
export async function overrideBudget(
  { named, limitPico, reason, forMs }: NamedOverride,
  context: Context,
  services: BudgetNeeds,
): Promise<Reply> {
  const { records, money, now } = services;
  const subject = subjectOf(named, context, services);
  refuseOthersMoney(subject, context, services);
  const from = now();
  const until = forMs === undefined ? endOf(subject, from) : from + forMs;
  const key = keyOf(subject);
  return records.transaction(async (tx) => {
    await tx.budgets.override({ budget: key, limitPico, by: context.actor.name, reason, from, until });
    const touched = { key, period: periodKeyOf(subject), subject };
    await touchNow(tx, [touched], services);
    await tx.queue.add(toTouchBudget(touched, until));
    const standing = await standings([subject], tx, services);
    const reply: Reply = {
      ...done(
        "overridden",
        text(`${subjectInWords(subject, money.zone)} may cost ${showUsd(limitPico)} for now, says ${context.actor.name}.`, "good"),
        facts({ label: "Until", value: { at: until } }, { label: "Why", value: reason }),
        ...describeStandings(standing, money.zone, from),
      ),
      audience: "thread",
    };
    await context.conclude(tx, reply);
    return reply;
  });
}

function refuseOthersMoney(subject: Subject, context: Context, services: BudgetNeeds): void {
  const { repository } = context.target as Target;
  if (subject.scope === "pr" || isOfTheMoney(repository, services)) return;
  throw new UserError(
    "refused",
    "not_of_the_money",
    `That budget is everybody's: its limit is set by admins of the repositories that budgets.channel speaks of, and ${repository} is none of them.`,
  );
}

const endOf = (subject: Subject, now: number): number => ("period" in subject ? subject.period.end : now + usualMs);

function toMs(typed: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(typed) ?? [];
  const ms = count === undefined ? 0 : Number(count) * units[unit as keyof typeof units];
  if (ms > 0 && ms <= longestMs) return ms;
  throw invalid("bad_time", `“${typed.slice(0, 60)}” is no time: write 30m, 4h or 7d, up to 90d.`);
}

const invalid = (reason: string, message: string): UserError => new UserError("invalid", reason, message);
