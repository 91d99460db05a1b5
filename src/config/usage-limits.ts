import { z } from "zod";

const longestCooldownMinutes = 7 * 24 * 60;

const requests = (period: string) =>
  z
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .meta({ description: `requests a ${period}` });
const usd = (period: string) =>
  z
    .number()
    .min(0)
    .max(10_000_000)
    .optional()
    .meta({ description: `USD a ${period}` });

const limits = {
  requests_per_minute: requests("minute"),
  requests_per_hour: requests("hour"),
  requests_per_day: requests("day"),
  requests_per_month: requests("month"),
  usd_per_minute: usd("minute"),
  usd_per_hour: usd("hour"),
  usd_per_day: usd("day"),
  usd_per_month: usd("month"),
  cooldown_minutes: z.number().min(0).max(longestCooldownMinutes).optional().meta({ description: "from one request to the next" }),
};

const LimitsOfOneWay = z.strictObject(limits);
export type LimitsOfOneWay = z.infer<typeof LimitsOfOneWay>;

/** Limits by the way a model is asked; written without one, they are of the API. */
export const UsageLimits = z
  .strictObject({
    api: LimitsOfOneWay.optional().meta({ description: "through the vendor's API" }),
    cli: LimitsOfOneWay.optional().meta({ description: "through the vendor's own command-line tool" }),
    ...limits,
  })
  .superRefine(({ api, cli, ...flat }, { addIssue }) => {
    if (!api && !cli) return;
    for (const key of Object.keys(flat))
      addIssue({ code: "custom", path: [key], message: "stands beside api or cli: write it under one of them" });
  });
export type UsageLimits = z.infer<typeof UsageLimits>;
