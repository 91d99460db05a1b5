import type { Channel, Channels } from "../../../src/pipeline/ai/channel.ts";
import type { Call, Failure, Provider, ProviderAnswer } from "../../../src/pipeline/ai/provider.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { emptyBook, type PriceBook } from "../../../src/pipeline/usage/price-book.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";

export const anAnswer = {
  approaches: [
    { name: "Two crates", how: "Split the build at the linker step.", risks: "The cache is built twice." },
    { name: "A feature flag", how: "Keep one crate, and gate the step.", risks: "Flags multiply." },
  ],
  recommendation: "Two crates: the linker step is the slow one. Begin with the build script.",
  openQuestions: ["Does the target support LTO?"],
};

/** What it says next: an answer as a model gives it, or why there is none. `before` is awaited first. */
export type Line =
  | { readonly says: unknown; readonly before?: () => Promise<unknown> }
  | { readonly fails: Failure; readonly costs?: true; readonly retryAt?: number };

export interface ScriptedChannel extends Channels {
  /** The data that models were given, in order. */
  readonly asked: readonly string[];
  readonly calls: readonly Call<unknown>[];
  /** From now on, the last line again and again. */
  play(...lines: readonly Line[]): void;
  /** As if there were no key. */
  remove(): void;
}

const dollar = parseUsd("1") ?? 0n;

/** A token out costs a dollar, and each answer has one; what goes in is free. */
export const aBook = (changes: Partial<PriceBook> = {}): PriceBook => ({
  ...emptyBook,
  models: ["o3", "next"].map((name) => ({
    name,
    provider: "openai",
    aliases: [],
    prices: [{ from: 0, source: "https://example.org", uncachedIn: 0n, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n, out: dollar }],
    limits: {},
  })),
  ...changes,
});

let requests = 0;

/** The channel o3, whose models say what they are told to say. */
export function scriptedChannel(changes: Partial<Channel> = {}): ScriptedChannel {
  const calls: Call<unknown>[] = [];
  let lines: readonly Line[] = [{ says: anAnswer }];
  let isThere = true;
  const provider: Provider = {
    service: "openai-api",
    name: "OpenAI",
    vendor: "openai",
    basis: "metered",
    overheadTokens: 0,
    mostRequests: 1,
    async ask<T>(call: Call<T>): Promise<ProviderAnswer<T>> {
      calls.push(call);
      const [line = { says: anAnswer }, ...rest] = lines;
      if (rest.length > 0) lines = rest;
      const spent = [{ id: `scripted:${++requests}`, model: call.model, tokens: { ...noTokens, out: 1 } }];
      if ("fails" in line) {
        const { fails: failure, costs, retryAt } = line;
        const more = retryAt === undefined ? {} : { retryAt };
        return { kind: "failed", failure, detail: "scripted", ...more, spent: costs ? spent : [] };
      }
      await line.before?.();
      const value = call.prompt.read(line.says);
      return value === undefined
        ? { kind: "failed", failure: "wrong_shape", detail: "scripted", spent }
        : { kind: "answered", value, model: call.model, spent };
    },
    look: async (models) => models.map((model) => ({ model, state: "there" })),
  };
  const channel: Channel = {
    name: "o3",
    providers: [provider],
    models: [{ id: "o3" }],
    deadlineMs: 60_000,
    mostOut: 2,
    ...changes,
  };
  return {
    of: (name) => (isThere && name === "o3" ? channel : undefined),
    calls,
    get asked() {
      return calls.map(({ prompt }) => prompt.data);
    },
    play(...next) {
      lines = next;
    },
    remove() {
      isThere = false;
    },
  };
}
