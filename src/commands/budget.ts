import type { Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import { overrideBudget, takeOverride } from "./budget/override.ts";
import { type NamedBudget, takeBudget } from "./budget/scope.ts";
import { showBudget } from "./budget/show.ts";
import { defineCommand } from "./command.ts";
import type { TargetRef } from "./grammar/target.ts";

type Input = { readonly target?: TargetRef } & (
  | { readonly action: "show"; readonly named?: NamedBudget }
  | ({ readonly action: "override" } & ReturnType<typeof takeOverride>)
);

export type BudgetNeeds = Pick<Services, "records" | "priceBook" | "money" | "policies" | "timings" | "now">;

export const budget = defineCommand({
  name: "budget",
  usage: "[#pr|session:<id>] | override <#pr|session:<id>|hour|day|month> <amount> [for=4h] -- reason",
  summary: "Show what is spent of the budgets and what is left, or set another limit for a while.",
  examples: [
    { args: "", does: "the budgets of the hour, the day and the month", canBeTried: true },
    { args: "#12", does: "and that of a pull request" },
    { args: "override #12 40 -- the last review before the release", does: "as an admin: lets a pull request spend $40" },
    { args: "override day 300 for=4h -- release day", does: "as an admin: raises today's, for four hours" },
  ],
  role: "write",
  isInternal: true,
  isOffered: (_, { priceBook }: BudgetNeeds) => Object.keys(priceBook.thresholds).length > 0,
  parse(args): Input {
    const target = args.target();
    const about = target === undefined ? {} : { target };
    const word = args.optionalWord();
    if (word === "override") return { action: "override", ...about, ...takeOverride(args, target) };
    return { action: "show", ...about, ...(word !== undefined && { named: takeBudget(word, args) }) };
  },
  targetOf: ({ target }) => target,
  // What costs money is an admin's to allow, and changes something.
  withArguments: ({ action }) => (action === "override" ? { role: "admin", isMutating: true, worksWhileFrozen: true } : {}),

  async run(input, context, services: BudgetNeeds): Promise<Reply> {
    return input.action === "override" ? overrideBudget(input, context, services) : showBudget(input.named, context, services);
  },
});
