import { z } from "zod";
import { BudgetAnswer, budgetPath } from "../../bot/events/budget-wire.ts";
import { exactUsd } from "../../pipeline/usage/money.ts";
import { askBot, type Remote } from "../remote/client.ts";
import type { BudgetPlace } from "./place.ts";

const Results = z.object({
  results: z.tuple([
    z.object({ status: z.string(), message: z.string().optional(), leftUsd: z.string().optional(), retryAt: z.string().optional() }),
  ]),
});

/** The budgets of a bot that runs elsewhere. */
export function remoteBudgets(remote: Remote): BudgetPlace {
  const send = async (event: object) => (await askBot(remote, Results, { path: "/v1/events", told: { events: [event] } })).results[0];
  return {
    async standings({ session, repository, pullRequest }) {
      const asked = new URLSearchParams({
        ...(session !== undefined && { session }),
        ...(repository !== undefined && { repository }),
        ...(pullRequest !== undefined && { pullRequest: String(pullRequest) }),
      });
      return askBot(remote, BudgetAnswer, { path: `${budgetPath}?${asked}` });
    },

    async reserve({ estimatePico, leaseMs, ...wish }) {
      const estimateUsd = estimatePico === null ? null : exactUsd(estimatePico);
      const { status, ...rest } = await send({ type: "reserve", ...wish, estimateUsd, leaseSeconds: Math.ceil(leaseMs / 1_000) });
      if (status === "granted") return { isGranted: true };
      return { isGranted: false, ...withoutUndefined(rest) };
    },

    async settle(id) {
      const { status } = await send({ type: "settle", id: `settle:${id}`.slice(0, 200), reservation: id });
      return status === "settled";
    },

    close: async () => {},
  };
}

const withoutUndefined = <T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
