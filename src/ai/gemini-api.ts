import { randomUUID } from "node:crypto";
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";
import type { Call, Provider, Spent } from "../pipeline/ai/provider.ts";
import { fromOpenAi } from "../pipeline/usage/normalise/openai.ts";
import type { Secret } from "../secret.ts";
import { askApi } from "./ask-api.ts";
import { ChatChunk, type ChatUsage } from "./chat-chunk.ts";
import { lookAtModels } from "./look-at-models.ts";
import { openAiClient } from "./openai-client.ts";
import type { ModelSaid } from "./said.ts";
import { mostAttempts } from "./with-retries.ts";

export interface GeminiApiOptions {
  readonly apiKey: Secret;
  /** `https://generativelanguage.googleapis.com`, or who stands for it. */
  readonly baseUrl: string;
  /** What may stand in no detail, besides the key. */
  readonly secrets: readonly string[];
  readonly now?: () => number;
  readonly random?: () => number;
}

/** Gemini by Google's OpenAI-compatible API: chat completions. No tool is offered. */
export function geminiApi({ apiKey, baseUrl, secrets: others, now = Date.now, random = Math.random }: GeminiApiOptions): Provider {
  const client = openAiClient(apiKey, `${baseUrl.replace(/\/+$/, "")}/v1beta/openai`);
  const secrets = [apiKey.reveal(), ...others];
  return {
    service: "gemini-api",
    name: "Gemini API",
    vendor: "google",
    basis: "metered",
    overheadTokens: 100,
    mostRequests: mostAttempts,
    ask: (call) =>
      askApi(call, {
        open: () => client.chat.completions.create(toRequest(call), { signal: call.signal }),
        read: (chunks) => readChunks(chunks, call.model),
        secrets,
        now,
        random,
      }),
    look: (models, signal) => lookAtModels(client, models, { name: "the Gemini API", ending: "no path", signal, secrets, now }),
  };
}

/** Google refuses a request with any field that it does not know, `store` among them. */
const toRequest = <T>({ prompt, model, effort, mostOut }: Call<T>): ChatCompletionCreateParamsStreaming => ({
  model,
  messages: [
    { role: "system", content: prompt.instructions },
    { role: "user", content: prompt.data },
  ],
  max_tokens: mostOut,
  stream: true,
  stream_options: { include_usage: true },
  ...(effort === undefined ? {} : { reasoning_effort: effort }),
  response_format: {
    type: "json_schema",
    json_schema: { name: prompt.purpose, strict: true, schema: prompt.schema as Record<string, unknown> },
  },
});

async function readChunks(chunks: AsyncIterable<ChatCompletionChunk>, asked: string): Promise<ModelSaid | undefined> {
  let id: string | undefined;
  let model: string | undefined;
  let text = "";
  let refusal = "";
  let finish: string | undefined;
  // It tells of the usage with every chunk, each time of all so far.
  let usage: ChatUsage | undefined;
  for await (const sent of chunks) {
    const read = ChatChunk.safeParse(sent);
    if (!read.success) return undefined;
    const [choice] = read.data.choices;
    id ??= read.data.id;
    model ??= read.data.model?.replace(/^models\//, "");
    text += choice?.delta?.content ?? "";
    refusal += choice?.delta?.refusal ?? "";
    finish = choice?.finish_reason ?? finish;
    usage = read.data.usage ?? usage;
  }
  if (finish === undefined) return undefined;
  const cut = cutOf(finish);
  return {
    model: model ?? asked,
    text,
    ...(refusal === "" ? {} : { refusal }),
    ...(cut === undefined ? {} : { cut }),
    spent: spentOn(`google:${id ?? randomUUID()}`, model ?? asked, usage),
  };
}

function cutOf(finish: string): ModelSaid["cut"] {
  if (finish === "length") return { failure: "truncated", detail: "finish_reason: length" };
  return finish.startsWith("content_filter") ? { failure: "refused", detail: `finish_reason: ${finish}` } : undefined;
}

function spentOn(id: string, model: string, usage: ChatUsage | undefined): readonly Spent[] {
  const counted = usage === undefined ? undefined : fromOpenAi(withThoughts(usage));
  return counted && "tokens" in counted ? [{ id, model, tokens: counted.tokens }] : [];
}

/** What it thought is billed as output; Google counts it in `total_tokens`, and in `completion_tokens` not always. */
function withThoughts(usage: ChatUsage): ChatUsage {
  const { prompt_tokens: input, completion_tokens: completion, total_tokens: total, completion_tokens_details: details } = usage;
  const said = completion ?? 0;
  const out = Math.max(said, (total ?? 0) - input);
  return { ...usage, completion_tokens: out, completion_tokens_details: { reasoning_tokens: details?.reasoning_tokens ?? out - said } };
}
