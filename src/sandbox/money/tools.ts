/** What a team asks models with; each request of a visitor costs a quarter of a dollar at list prices, exactly. */
export const tools = {
  claude: {
    provider: "anthropic",
    model: "claude-opus-4-8",
    service: "claude-code",
    basis: "metered",
    tokens: { input_tokens: 10_000, cache_read_input_tokens: 100_000, output_tokens: 6_000 },
  },
  o3: {
    provider: "openai",
    model: "o3",
    service: "openai-api",
    basis: "metered",
    tokens: { input_tokens: 120_000, input_tokens_details: { cached_tokens: 100_000 }, output_tokens: 20_000 },
  },
  subscription: {
    provider: "anthropic",
    model: "claude-opus-4-8",
    service: "claude-code",
    basis: "subscription",
    tokens: { input_tokens: 10_000, cache_read_input_tokens: 100_000, output_tokens: 6_000 },
  },
  gemini: {
    provider: "google",
    model: "gemini-2.5-pro",
    service: "gemini-cli",
    basis: "free",
    tokens: { promptTokenCount: 40_000, candidatesTokenCount: 8_000, thoughtsTokenCount: 12_000 },
  },
} as const;

export type ToolName = keyof typeof tools;
export const toolNames = Object.keys(tools) as ToolName[];
export const requestsForADollar = 4;
