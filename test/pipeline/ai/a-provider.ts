import { once } from "node:events";
import type { Call, Failure, ModelState, Provider, ProviderAnswer } from "../../../src/pipeline/ai/provider.ts";
import { noTokens, type Tokens } from "../../../src/pipeline/usage/usage.ts";

type Failed = Extract<ProviderAnswer<unknown>, { kind: "failed" }>;

/** What a scripted provider says next. */
export type Line =
  | { readonly says: unknown; readonly tokens?: Partial<Tokens>; readonly model?: string; readonly id?: string }
  | ({ readonly fails: Failure; readonly tokens?: Partial<Tokens> } & Partial<Pick<Failed, "detail" | "retryAt" | "mayHaveSpent">>)
  | "hangs"
  /** Another thing happens first. */
  | (() => Promise<Line>);

export interface ScriptedProvider extends Provider {
  /** What it was asked, in order. */
  readonly calls: readonly Call<unknown>[];
  readonly looks: readonly (readonly string[])[];
  /** What it says when asked from now on; the last line again and again. */
  play(...lines: readonly Line[]): void;
  /** What it says of models. */
  tell(states: readonly ModelState[]): void;
}

let requests = 0;

/** A provider that says what it is told to say, and remembers what it was asked. */
export function aProvider(changes: Partial<Provider> = {}): ScriptedProvider {
  const calls: Call<unknown>[] = [];
  const looks: (readonly string[])[] = [];
  let lines: readonly Line[] = [{ says: { word: "yes" } }];
  let states: readonly ModelState[] | undefined;

  async function answer<T>(line: Line, call: Call<T>): Promise<ProviderAnswer<T>> {
    if (typeof line === "function") return answer(await line(), call);
    if (line === "hangs") {
      if (!call.signal.aborted) await once(call.signal, "abort");
      return { kind: "failed", failure: "timeout", detail: "aborted", spent: [] };
    }
    const spent = line.tokens === undefined ? [] : [spentOf(line, call.model)];
    if ("fails" in line) {
      const { fails: failure, tokens: _, detail = `it says ${failure}`, ...rest } = line;
      return { kind: "failed", failure, detail, ...rest, spent };
    }
    const value = call.prompt.read(line.says);
    if (value === undefined) return { kind: "failed", failure: "wrong_shape", detail: "another shape", spent };
    return { kind: "answered", value, model: line.model ?? call.model, spent };
  }

  return {
    service: "openai-api",
    name: "OpenAI",
    vendor: "openai",
    basis: "metered",
    overheadTokens: 0,
    mostRequests: 1,
    ...changes,
    calls,
    looks,
    async ask(call) {
      calls.push(call);
      const [line, ...rest] = lines;
      if (rest.length > 0) lines = rest;
      return answer(line as Line, call);
    },
    async look(models) {
      looks.push(models);
      return states ?? models.map((model) => ({ model, state: "there" }));
    },
    play(...next) {
      lines = next;
    },
    tell(next) {
      states = next;
    },
  };
}

const spentOf = (line: Exclude<Line, string | (() => unknown)>, asked: string) => ({
  id: ("id" in line && line.id) || `test:${++requests}`,
  model: ("model" in line && line.model) || asked,
  tokens: { ...noTokens, ...line.tokens },
});
