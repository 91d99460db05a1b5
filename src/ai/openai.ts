import type { ResponseCreateParamsStreaming, ResponseStreamEvent } from "openai/resources/responses/responses";
import type { Call, Effort, Provider, Spent } from "../pipeline/ai/provider.ts";
import { fromOpenAi } from "../pipeline/usage/normalise/openai.ts";
import type { Secret } from "../secret.ts";
import { askApi } from "./ask-api.ts";
import { failureOf } from "./failure-of.ts";
import { lookAtModels } from "./look-at-models.ts";
import { openAiClient } from "./openai-client.ts";
import { FinalEvent, type OpenAiResponse } from "./openai-response.ts";
import type { ModelSaid } from "./said.ts";
import { mostAttempts } from "./with-retries.ts";

export interface OpenAiOptions {
  readonly apiKey: Secret;
  /** With its `/v1`. */
  readonly endpoint: string;
  /** What may stand in no detail, besides the key. */
  readonly secrets: readonly string[];
  readonly now?: () => number;
  readonly random?: () => number;
}

/** OpenAI's Responses API. Nothing is kept there, no tool is offered. */
export function openAi({ apiKey, endpoint, secrets: others, now = Date.now, random = Math.random }: OpenAiOptions): Provider {
  const client = openAiClient(apiKey, endpoint);
  const secrets = [apiKey.reveal(), ...others];
  return {
    service: "openai-api",
    name: "OpenAI",
    vendor: "openai",
    basis: "metered",
    overheadTokens: 100,
    mostRequests: mostAttempts,
    ask: (call) =>
      askApi(call, {
        open: () => client.responses.create(toRequest(call), { signal: call.signal }),
        read: readEvents,
        secrets,
        now,
        random,
      }),
    look: (models, signal) => lookAtModels(client, models, { name: "OpenAI", ending: "/v1", signal, secrets, now }),
  };
}

const toRequest = <T>({ prompt, model, effort, mostOut }: Call<T>): ResponseCreateParamsStreaming => ({
  model,
  instructions: prompt.instructions,
  input: prompt.data,
  max_output_tokens: mostOut,
  store: false,
  stream: true,
  ...(effort === undefined ? {} : { reasoning: { effort: effort satisfies Effort } }),
  text: { format: { type: "json_schema", name: prompt.purpose, strict: true, schema: prompt.schema as Record<string, unknown> } },
});

/** Only the last event counts: it holds the whole answer and what it cost. */
async function readEvents(events: AsyncIterable<ResponseStreamEvent>): Promise<ModelSaid | undefined> {
  for await (const event of events) {
    const last = FinalEvent.safeParse(event);
    if (last.success) return toSaid(last.data.response);
  }
  return undefined;
}

function toSaid(response: OpenAiResponse): ModelSaid {
  const parts = response.output.flatMap(({ type, content }) => (type === "message" ? content : []));
  const refusal = parts.find(({ type }) => type === "refusal")?.refusal;
  const cut = cutOf(response);
  return {
    model: response.model,
    text: parts.map(({ type, text }) => (type === "output_text" ? text : "")).join(""),
    ...(refusal === undefined ? {} : { refusal }),
    ...(cut === undefined ? {} : { cut }),
    spent: spentOn(response),
  };
}

function cutOf({ status, error, incomplete_details: incomplete }: OpenAiResponse): ModelSaid["cut"] {
  if (status === "completed") return undefined;
  if (status === "incomplete") {
    const reason = incomplete?.reason ?? "for no reason that it gives";
    return { failure: reason === "content_filter" ? "refused" : "truncated", detail: `incomplete: ${reason}` };
  }
  const { code, message } = error ?? {};
  const failure = failureOf(undefined, { code: code ?? undefined });
  return { failure, detail: [status, code, message].filter(Boolean).join(" ") };
}

function spentOn({ id, model, usage }: OpenAiResponse): readonly Spent[] {
  const counted = usage ? fromOpenAi(usage) : undefined;
  return counted && "tokens" in counted ? [{ id: `openai:${id}`, model, tokens: counted.tokens }] : [];
}
