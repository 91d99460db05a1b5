import { z } from "zod";
import { BudgetAnswer, budgetPath } from "../../bot/events/budget-wire.ts";
import { ServiceError } from "../../errors.ts";
import { exactUsd } from "../../pipeline/usage/money.ts";
import type { BudgetPlace } from "../budget/place.ts";
import { askBot, type Remote } from "./client.ts";

const Results = z.object({
  results: z.tuple([
    z.object({ status: z.string(), message: z.string().optional(), leftUsd: z.string().optional(), retryAt: z.string().optional() }),
  ]),
});

/** The budgets of a bot that runs elsewhere. */
export function remoteBudgets(remote: Remote): BudgetPlace {
  const send = async (event: object) => read(Results, await askBot(remote, "/v1/events", { events: [event] }), remote).results[0];
  return {
    async standings({ session, repository, pullRequest }) {
      const asked = new URLSearchParams({
        ...(session !== undefined && { session }),
        ...(repository !== undefined && { repository }),
        ...(pullRequest !== undefined && { pullRequest: String(pullRequest) }),
      });
      return read(BudgetAnswer, await askBot(remote, `${budgetPath}?${asked}`), remote);
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

function read<T>(schema: z.ZodType<T>, answer: unknown, { url }: Remote): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ServiceError(`The bot at ${url} answers in a way that this version does not know: are both of the same version?`, {
    service: "the bot",
    retryable: false,
    cause: parsed.error,
  });
}
