import type { GitHubSandbox } from "../github/github-sandbox.ts";

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** Whatever weekday it is, the weekly report finds a whole week, and another one to compare it with. */
const days = 22;
/** The first request of a day is this long ago, so that nothing of today is in this hour's budget. */
const startedMs = 5 * hourMs;

interface Habit {
  /** Every so many days, beginning so many days ago. */
  readonly every: number;
  readonly from: number;
  readonly requests: number;
  readonly session?: string;
  readonly about: object;
  /** @param at which request of the session it is: a conversation grows. */
  readonly tokens: (at: number) => object;
}

/**
 * What a small team spent in the last weeks, as events for `/v1/events`: Claude Code by the request and by subscription, reviews by Gemini, which
 * are free, and help with the design by o3. It stays below every budget of the packaged price book.
 *
 * @param now milliseconds since the epoch
 */
export function sampleUsage({ pulls, repository }: Pick<GitHubSandbox, "pulls" | "repository">, now: number): readonly object[] {
  return habitsOf(pulls).flatMap(({ every, from, requests, session, about, tokens }, habit) =>
    Array.from({ length: days }, (_, ago) => ago)
      .filter((ago) => ago >= from && (ago - from) % every === 0)
      .flatMap((ago) =>
        Array.from({ length: requests }, (_, at) => ({
          type: "usage",
          id: `sample:${habit}-${ago}-${at}`,
          at: now - ago * dayMs - startedMs + (habit * 20 + at * 3) * 60_000,
          repository,
          ...(session && { session: `${session}-${days - ago}` }),
          ...about,
          tokens: tokens(at + (ago % 3)),
        })),
      ),
  );
}

const habitsOf = ({ red, green }: GitHubSandbox["pulls"]): readonly Habit[] => [
  {
    every: 2,
    from: 0,
    requests: 4,
    session: "fpu-traps",
    about: { ...opus, actor: "ada", phase: "phase-2", pullRequest: red },
    tokens: ofClaude,
  },
  {
    every: 3,
    from: 1,
    requests: 5,
    session: "allocator",
    about: { ...sonnet, actor: "ada", phase: "phase-2", pullRequest: green },
    tokens: ofClaude,
  },
  {
    every: 3,
    from: 0,
    requests: 6,
    session: "libstd",
    about: { ...sonnet, basis: "subscription", actor: "grace", phase: "phase-5" },
    tokens: ofClaude,
  },
  { every: 1, from: 0, requests: 7, session: "backend", about: { ...opus, actor: "grace", phase: "phase-2" }, tokens: ofClaude },
  { every: 1, from: 0, requests: 2, about: { ...gemini, actor: "nextrust-ci", phase: "phase-2", pullRequest: red }, tokens: ofGemini },
  { every: 4, from: 2, requests: 2, about: { ...o3, actor: "grace", phase: "phase-3" }, tokens: ofO3 },
];

const claude = { provider: "anthropic", service: "claude-code" };
const opus = { ...claude, model: "claude-opus-4-8" };
const sonnet = { ...claude, model: "claude-sonnet-4-5" };
const gemini = { provider: "google", service: "gemini-cli", model: "gemini-2.5-pro", basis: "free" };
const o3 = { provider: "openai", service: "openai-api", model: "o3" };

const ofClaude = (at: number) => ({
  input_tokens: 300 + 40 * at,
  cache_read_input_tokens: 18_000 + 9_000 * at,
  cache_creation_input_tokens: 5_000,
  output_tokens: 900 + 250 * at,
});
const ofGemini = (at: number) => ({ promptTokenCount: 21_000 + 4_000 * at, candidatesTokenCount: 900, thoughtsTokenCount: 1_400 });
const ofO3 = (at: number) => ({ input_tokens: 14_000, input_tokens_details: { cached_tokens: 6_000 }, output_tokens: 6_500 + 1_500 * at });
