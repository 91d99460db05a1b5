import { z } from "zod";
import { readDecimal } from "../../pipeline/usage/money.ts";
import type { BilledCost, VendorReport } from "../../pipeline/usage/reconcile.ts";

const dayMs = 24 * 60 * 60 * 1000;
const latestMs = Date.parse("9999-12-30");
const centsInDollars = -2;

/** Amounts are cents: https://platform.claude.com/docs/en/api/admin/cost_report */
const AnthropicPage = z.object({
  data: z.array(
    z.object({
      starting_at: z.string(),
      ending_at: z.string(),
      results: z.array(
        z.object({
          amount: z.string(),
          currency: z.string(),
          model: z.string().nullish(),
          cost_type: z.string().nullish(),
          token_type: z.string().nullish(),
          context_window: z.string().nullish(),
          service_tier: z.string().nullish(),
        }),
      ),
    }),
  ),
  has_more: z.boolean(),
});

/** Amounts are dollars: https://platform.openai.com/docs/api-reference/usage/costs */
const OpenAiPage = z.object({
  object: z.literal("page"),
  data: z.array(
    z.object({
      start_time: z.number(),
      end_time: z.number(),
      results: z.array(
        z.object({
          amount: z.object({ value: z.union([z.number(), z.string()]), currency: z.string() }).nullish(),
          line_item: z.string().nullish(),
        }),
      ),
    }),
  ),
  has_more: z.boolean(),
});

interface Page extends VendorReport {
  readonly hasMore: boolean;
}

/**
 * Reads the pages of vendors' reports.
 *
 * @param files the content of each: a page, or a list of pages
 * @returns the report, with sentences on what is missing in it; or what is wrong
 */
export function parseReports(
  files: readonly { readonly name: string; readonly text: string }[],
): { report: VendorReport; notes: readonly string[] } | { problems: readonly string[] } {
  const pages: Page[] = [];
  for (const { name, text } of files) {
    try {
      const content: unknown = JSON.parse(text);
      for (const page of Array.isArray(content) ? content : [content]) pages.push(toPage(page));
    } catch (error) {
      const reason = error instanceof SyntaxError ? "is no JSON" : error instanceof NoReport ? error.message : undefined;
      if (reason === undefined) throw error;
      return { problems: [`${name} ${reason}.`] };
    }
  }
  const days = pages.flatMap((page) => page.days);
  const seen = new Set<string>();
  for (const { day, provider } of days) {
    if (seen.has(`${provider} ${day}`))
      return { problems: [`${day} of ${provider} stands in two of the pages, and would count twice: leave one out.`] };
    seen.add(`${provider} ${day}`);
  }
  return { report: { days, costs: pages.flatMap(({ costs }) => costs) }, notes: notesOn(pages) };
}

class NoReport extends Error {
  override readonly name = "NoReport";
}

function toPage(content: unknown): Page {
  const openAi = OpenAiPage.safeParse(content);
  if (openAi.success) return toOpenAi(openAi.data);
  const anthropic = AnthropicPage.safeParse(content);
  if (anthropic.success) return toAnthropic(anthropic.data);
  throw new NoReport("is no page of Anthropic's cost report (/v1/organizations/cost_report) or of OpenAI's costs (/v1/organization/costs)");
}

function toAnthropic({ data, has_more: hasMore }: z.infer<typeof AnthropicPage>): Page {
  const days = data.map(({ starting_at: start, ending_at: end }) => ({
    day: dayOf(Date.parse(start), Date.parse(end)),
    provider: "anthropic" as const,
  }));
  const costs = data.flatMap(({ results }, index): BilledCost[] =>
    results.map((result) => {
      const item = result.model ?? result.cost_type?.replaceAll("_", " ");
      const kind = kindOf(result);
      const day = days[index]?.day ?? "";
      return {
        day,
        provider: "anthropic",
        pico: amountOf(result.amount, result.currency, centsInDollars),
        ...(item && { item }),
        ...(kind && { kind }),
      };
    }),
  );
  return { days, costs, hasMore };
}

type AnthropicResult = z.infer<typeof AnthropicPage>["data"][number]["results"][number];

function kindOf({ context_window: window, token_type: type, service_tier: tier }: AnthropicResult): BilledCost["kind"] {
  if (tier === "batch") return "batch";
  if (window && window !== "0-200k") return "long";
  return type?.startsWith("cache_") ? "cache" : undefined;
}

function toOpenAi({ data, has_more: hasMore }: z.infer<typeof OpenAiPage>): Page {
  const days = data.map(({ start_time: start, end_time: end }) => ({ day: dayOf(start * 1000, end * 1000), provider: "openai" as const }));
  const costs = data.flatMap(({ results }, index): BilledCost[] =>
    results.flatMap(({ amount, line_item: line }) => {
      if (!amount) return [];
      // `o3-2025-04-16, cached input`
      const [item, sort = ""] = line?.split(", ") ?? [];
      const kind = sort.includes("batch") ? "batch" : sort.includes("cache") ? "cache" : undefined;
      const day = days[index]?.day ?? "";
      return [
        { day, provider: "openai", pico: amountOf(String(amount.value), amount.currency, 0), ...(item && { item }), ...(kind && { kind }) },
      ];
    }),
  );
  return { days, costs, hasMore };
}

function amountOf(text: string, currency: string, exponent: number): bigint {
  if (currency.toUpperCase() !== "USD") throw new NoReport("has amounts that are not in USD");
  const pico = readDecimal(text, exponent);
  if (pico === undefined) throw new NoReport("has an amount that is no decimal");
  return pico;
}

function dayOf(startMs: number, endMs: number): string {
  if (endMs - startMs !== dayMs || startMs % dayMs !== 0 || startMs < 0 || startMs > latestMs)
    throw new NoReport("is not by the day in UTC: ask for bucket_width=1d");
  return new Date(startMs).toISOString().slice(0, "yyyy-mm-dd".length);
}

function notesOn(pages: readonly Page[]): readonly string[] {
  const byModel = pages.some(({ costs }) => costs.some(({ item }) => item !== undefined));
  const hasCosts = pages.some(({ costs }) => costs.length > 0);
  return [
    ...(pages.length > 0 && pages.every(({ hasMore }) => hasMore)
      ? ["The report goes on after these pages: their days alone are compared."]
      : []),
    ...(hasCosts && !byModel
      ? ["The report is not by model: ask for group_by[]=description (Anthropic) or group_by[]=line_item (OpenAI) to see which it is."]
      : []),
  ];
}
