import { providerOf } from "../usage/provider-of.ts";
import { noTokens, plusTokens, type Tokens, type Usage } from "../usage/usage.ts";
import { type ModelUse, untoldPrefix } from "./requests.ts";

/** What Claude Code itself says that a session used, by model, when it ends. */
export interface OwnTotal {
  /** When the counting began; in a fork that is before the session did. */
  readonly since: number;
  readonly models: Readonly<Record<string, Tokens>>;
}

/**
 * What is in Claude Code's own total and in no transcript: it writes requests down nowhere by which it compacts a conversation or names it.
 * Nothing where the two do not fit together: when the session was killed in between, or models are called otherwise.
 */
export function untold(total: OwnTotal, told: readonly ModelUse[]): ReadonlyMap<string, Tokens> {
  const rest = new Map<string, Tokens>();
  for (const [model, tokens] of byName(Object.entries(total.models))) rest.set(model, tokens);
  for (const [model, tokens] of byName(told.map((use) => [use.model, use.tokens] as const))) {
    const all = rest.get(model);
    const left = all && plusTokens(all, tokens, -1);
    if (left === undefined || Object.values(left).some((count) => count < 0)) return new Map();
    rest.set(model, left);
  }
  return new Map([...rest].filter(([, tokens]) => Object.values(tokens).some((count) => count > 0)));
}

/** The same as one request of each model, which grows with the session. */
export function toUsages(
  session: string,
  rest: ReadonlyMap<string, Tokens>,
  said: Omit<Usage, "id" | "provider" | "model" | "service" | "tokens" | "session">,
): readonly Usage[] {
  return [...rest].map(([model, tokens]) => ({
    ...said,
    id: `${untoldPrefix}${session}:${model}`,
    provider: providerOf(model) ?? "anthropic",
    model,
    service: "claude-code",
    session,
    tokens,
    isSidechain: true,
  }));
}

/** A dated name and one with the size of its context are the same model. */
const plain = (model: string): string => model.replace(/\[1m\]$/, "").replace(/-\d{8}$/, "");

function byName(entries: Iterable<readonly [string, Tokens]>): ReadonlyMap<string, Tokens> {
  const sums = new Map<string, Tokens>();
  for (const [model, tokens] of entries) {
    sums.set(plain(model), plusTokens(sums.get(plain(model)) ?? noTokens, tokens));
  }
  return sums;
}
