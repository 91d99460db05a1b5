import { z } from "zod";
import { providers } from "../pipeline/usage/usage.ts";
import { priceProblem } from "./price-problem.ts";
import { modelMistakes, rangeMistakes } from "./pricing-mistakes.ts";
import { UsageLimits } from "./usage-limits.ts";

const mostModels = 1_000;
const mostAliases = 50;
const mostRanges = 50;
const longestText = 1_000;

const price = (description: string) =>
  z
    .number()
    .superRefine((usd, { addIssue }) => {
      const message = priceProblem(usd);
      if (message !== undefined) addIssue({ code: "custom", message });
    })
    .meta({ description });

const day = z.iso.date({ error: ({ input }) => (input === undefined ? "is missing" : "is not a day such as 2026-11-01") });

const text = z.string().max(longestText);

/** One range of days with its prices. */
const rangeOfPrices = {
  input: price("USD for a million tokens that go in and were in no cache"),
  output: price("USD for a million tokens that come out, reasoning among them"),
  cached_input: price("tokens read from a cache; 0.1 times `input` for Anthropic when absent, else `input`").optional(),
  cache_write_5m: price("tokens written into a cache for 5 minutes; 1.25 times `input` for Anthropic when absent, else `input`").optional(),
  cache_write_1h: price("tokens written into a cache for an hour; 2 times `input` for Anthropic when absent, else `input`").optional(),
  input_extended: price(
    "`input` of a request with more than `extended_above` tokens in it, cached ones too; all of its tokens cost so",
  ).optional(),
  output_extended: price("`output` of such a request").optional(),
  cached_input_extended: price("`cached_input` of such a request; it grows as `input` does when absent").optional(),
  cache_write_5m_extended: price("`cache_write_5m` of such a request; it grows as `input` does when absent").optional(),
  cache_write_1h_extended: price("`cache_write_1h` of such a request; it grows as `input` does when absent").optional(),
  extended_above: z.int().min(1).max(1_000_000_000).optional().meta({ description: "tokens; 200000 when absent" }),
  cli_input: price("`input` through the vendor's own command-line tool").optional(),
  cli_output: price("`output` through the vendor's own command-line tool").optional(),
  from: day.optional().meta({ description: "the first day (UTC) on which it holds; since ever when absent" }),
  until: day.optional().meta({ description: "the first day (UTC) on which it holds no more; until now when absent" }),
  source: z
    .url({ protocol: /^https?$/, error: "is not an http(s) URL" })
    .optional()
    .meta({ description: "the page that says so" }),
  seen: day.optional().meta({ description: "the day on which somebody read that page" }),
  description: text.optional().meta({ description: "what people should know about it" }),
};

const EarlierPrice = z.strictObject(rangeOfPrices).superRefine(rangeMistakes);
export type EarlierPrice = z.infer<typeof EarlierPrice>;

const PricedModelEntry = z
  .strictObject({
    provider: z
      .enum(providers)
      .optional()
      .meta({ description: "needed where the name does not say it, as `claude-…`, `gpt-…`, `o3` and `gemini-…` do" }),
    ...rangeOfPrices,
    aliases: z
      .array(z.string().min(1).max(120))
      .max(mostAliases)
      .default([])
      .meta({ description: "other names of it; a name with a date behind it, as vendors give them, needs no entry" }),
    earlier: z.array(EarlierPrice).max(mostRanges).default([]).meta({ description: "what it cost before or after; no two ranges overlap" }),
    usage_limits: UsageLimits.optional().meta({ description: "how often and for how much it may be used" }),
  })
  .superRefine(rangeMistakes);
export type PricedModelEntry = z.infer<typeof PricedModelEntry>;

/** In USD. The largest is far above any budget, and keeps out what was meant in cents or tokens. */
const money = z.number().min(0).max(10_000_000);

const Threshold = z
  .strictObject({ warning: money, critical: money })
  .refine(({ warning, critical }) => warning <= critical, { path: ["warning"], error: "is above critical" });

const Thresholds = z.strictObject({
  session: Threshold.optional().meta({ description: "USD for one session" }),
  pr: Threshold.optional().meta({ description: "USD for one pull request" }),
  hour: Threshold.optional().meta({ description: "USD an hour" }),
  day: Threshold.optional().meta({ description: "USD a day" }),
  month: z
    .strictObject({
      cap: money.meta({ description: "USD a month: the critical threshold" }),
      alert_at_percent: z.number().min(1).max(100).default(80).meta({ description: "the warning, as a share of `cap`" }),
    })
    .optional(),
});

const BudgetAlerts = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: "whether people are told when a threshold is crossed" }),
  slack_webhook: z
    .string()
    .nullish()
    .refine((address) => !address?.trim(), {
      error:
        "a webhook's address is a secret, which this file is not, and what it posts cannot be edited: name the channel in config/nextrust.yml under budgets.channel, and empty this",
    })
    .meta({ description: "stays empty: the channel is named in config/nextrust.yml" }),
  email_recipients: z
    .array(z.string())
    .nullish()
    .refine((recipients) => !recipients?.length, {
      error:
        "the bot sends no mail: name a channel in config/nextrust.yml under budgets.channel, let Slack forward it by mail, and empty this",
    })
    .meta({ description: "stays empty: the bot sends no mail" }),
});

/** The price book: `config/model-pricing.json`. Unknown keys are refused. */
export const PriceBookFile = z.strictObject({
  $schema: z.string().optional().meta({ description: "the schema, for editors" }),
  description: text.optional(),
  last_updated: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.]{5,15}(?:Z|[+-]\d\d:\d\d))?$/, "is not a day such as 2026-11-01")
    .meta({ description: "the day on which the file was last changed" }),
  currency: z.literal("USD"),
  prices_per_million_tokens: z
    .record(z.string().regex(/^[\x21-\x7e]{1,120}$/, "is no model's name"), PricedModelEntry)
    .superRefine((models, { addIssue }) => {
      if (Object.keys(models).length > mostModels) addIssue({ code: "custom", message: `has more than ${mostModels} models` });
      for (const issue of modelMistakes(models)) addIssue({ code: "custom", ...issue });
    })
    .meta({ description: "by the model's name, USD for a million tokens" }),
  thresholds: Thresholds.default({}).meta({ description: "budgets, in USD; a scope without one has none" }),
  budget_alerts: BudgetAlerts.prefault({}),
});
export type PriceBookFile = z.infer<typeof PriceBookFile>;
