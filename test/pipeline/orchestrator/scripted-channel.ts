import type { Channel, ChannelName, Channels } from "../../../src/pipeline/ai/channel.ts";
import type { Failure, Provider, Spent } from "../../../src/pipeline/ai/provider.ts";
import type { TriageAnswer } from "../../../src/pipeline/orchestrator/triage.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";

/** What a scripted model says next. */
export type Line = { readonly says: unknown } | { readonly fails: Failure };

export interface ScriptedChannel {
  readonly channel: Channel;
  /** The data of each question, in order. */
  readonly asked: readonly string[];
  /** From now on it says these, the last one again and again. */
  play(...lines: readonly Line[]): void;
}

let requests = 0;

/** A channel whose model says what it is told to say, at $1 for each answer by the book in which a token costs a dollar. */
export function aScriptedChannel(name: ChannelName, says: unknown, model = "dollar"): ScriptedChannel {
  const asked: string[] = [];
  let lines: readonly Line[] = [{ says }];
  const provider: Provider = {
    service: "claude-code",
    name: "Claude Code",
    vendor: "anthropic",
    basis: "metered",
    overheadTokens: 0,
    mostRequests: 1,
    async ask({ prompt, model }) {
      asked.push(prompt.data);
      const [line = { fails: "unavailable" } as const, ...rest] = lines;
      if (rest.length > 0) lines = rest;
      if ("fails" in line) return { kind: "failed", failure: line.fails, detail: "as scripted", spent: [] };
      const spent: Spent = { id: `scripted:${++requests}`, model, tokens: { ...noTokens, out: 1 } };
      const value = prompt.read(line.says);
      if (value === undefined) return { kind: "failed", failure: "wrong_shape", detail: "as scripted", spent: [spent] };
      return { kind: "answered", value, model, spent: [spent] };
    },
    look: async (models) => models.map((model) => ({ model, state: "there" })),
  };
  return {
    channel: { name, providers: [provider], models: [{ id: model }], deadlineMs: 60_000, mostOut: 2 },
    asked,
    play(...next) {
      lines = next;
    },
  };
}

export const channelsOf = (...scripted: readonly ScriptedChannel[]): Channels => ({
  of: (name) => scripted.find(({ channel }) => channel.name === name)?.channel,
});

export const anAnswer = (changes: Partial<TriageAnswer> = {}): TriageAnswer => ({
  action: "retry",
  workflow: null,
  confidence: 0.9,
  cause: "The mirror did not answer.",
  evidence: ["error: the mirror is away"],
  ...changes,
});
