import type { Call, Effort } from "../pipeline/ai/provider.ts";

/** What the Gemini CLI gives a model to think with for each effort, as Google's own API does it. */
const thinkingTokens: Readonly<Record<Effort, number>> = { minimal: 1_024, low: 1_024, medium: 8_192, high: 24_576 };

/** `settings.json` of the Gemini CLI for one question: a key instead of a login, no tools, nothing sent or updated besides, and a few attempts. */
export function geminiCliSettings({ model, effort, mostOut }: Pick<Call<unknown>, "model" | "effort" | "mostOut">): string {
  return JSON.stringify({
    security: { auth: { selectedType: "gemini-api-key" } },
    tools: { core: [] },
    // Ten attempts are usual, which take four minutes to fail.
    general: { maxAttempts: 2, enableAutoUpdate: false, enableAutoUpdateNotification: false },
    privacy: { usageStatisticsEnabled: false },
    telemetry: { enabled: false },
    context: { memoryBoundaryMarkers: [] },
    model: { maxSessionTurns: 1 },
    modelConfigs: {
      overrides: [
        {
          match: { model },
          modelConfig: {
            generateContentConfig: { maxOutputTokens: mostOut, ...(effort && { thinkingConfig: thinking(model, effort, mostOut) }) },
          },
        },
      ],
    },
  });
}

/** Up to Gemini 2.5 it is a number of tokens, later a word, of which the lowest is not known to all models. What is thought counts as output: half of it is left for the answer. */
const thinking = (model: string, effort: Effort, mostOut: number) =>
  /^gemini-[12]\b/.test(model)
    ? { thinkingBudget: Math.min(thinkingTokens[effort], Math.floor(mostOut / 2)) }
    : { thinkingLevel: effort === "minimal" ? "LOW" : effort.toUpperCase() };
