import type { Subject } from "../../pipeline/budgets/budget.ts";
import { standings } from "../../pipeline/budgets/standing.ts";
import { done, type Reply, text } from "../../reply.ts";
import type { BudgetNeeds } from "../budget.ts";
import type { Context, Target } from "../command.ts";
import { describeStandings } from "./describe.ts";
import { isOfTheMoney, type NamedBudget, subjectOf } from "./scope.ts";

const spans = ["hour", "day", "month"] as const;

/** The budget that is named, that of the pull request, and those of everybody's money where this repository is among those it is about. */
export async function showBudget(named: NamedBudget | undefined, context: Context, services: BudgetNeeds): Promise<Reply> {
  const { records } = services;
  const { repository, pullRequest } = context.target as Target;
  const isWhole = isOfTheMoney(repository, services);
  const own: readonly Subject[] = pullRequest === undefined ? [] : [{ scope: "pr", repository, pullRequest }];
  const whole = isWhole ? spans.map((scope) => subjectOf({ scope }, context, services)) : [];
  const wanted =
    named === undefined ? [...own, ...whole] : [subjectOf(named, context, services)].filter((subject) => mayShow(subject, isWhole));
  const found = await records.transaction((tx) => standings(wanted, tx, services));
  const hidden = isWhole || (named === undefined && own.length > 0) ? [] : [text(whereTheWholeIs)];
  if (found.length === 0)
    return done(
      "no_budget",
      ...(hidden.length > 0 ? hidden : [text("There is no such budget: config/model-pricing.json says which there are.")]),
    );
  return { ...done("shown", ...describeStandings(found, services.money.zone, services.now()), ...hidden) };
}

const mayShow = ({ scope }: Subject, isWhole: boolean): boolean => isWhole || scope === "pr";

const whereTheWholeIs =
  "The budgets of everybody's money are shown where budgets.channel speaks of the repository (config/nextrust.yml). Name a pull request for its own: budget #12";
