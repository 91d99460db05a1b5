import OpenAI from "openai";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AiSandboxOptions, startAiSandbox } from "../../../src/sandbox/ai/ai-sandbox.ts";
import type { Question } from "../../../src/sandbox/ai/wire.ts";
import { aPrompt, aVerdict } from "../../ai/a-prompt.ts";

async function start(options: Partial<AiSandboxOptions> = {}) {
  const sandbox = await startAiSandbox({ answer: () => aVerdict, ...options });
  onTestFinished(() => sandbox.close());
  const clientOf = (baseURL: string, apiKey: string) => new OpenAI({ baseURL, apiKey, maxRetries: 0, logLevel: "off" });
  return {
    sandbox,
    openAi: clientOf(sandbox.openAiEndpoint, sandbox.openAiKey),
    gemini: clientOf(`${sandbox.url}/v1beta/openai/`, sandbox.geminiKey),
  };
}

const { instructions, data, schema } = aPrompt();
const format = { type: "json_schema" as const, name: "triage", strict: true, schema: schema as Record<string, unknown> };
const response = { model: "o3", instructions, input: data, max_output_tokens: 500, store: false, text: { format } };
const completion = {
  model: "gemini-2.5-pro",
  messages: [
    { role: "system" as const, content: instructions },
    { role: "user" as const, content: data },
  ],
  max_tokens: 500,
  response_format: {
    type: "json_schema" as const,
    json_schema: { name: "triage", strict: true, schema: schema as Record<string, unknown> },
  },
};

describe("the sandbox's models", () => {
  it("are asked by both APIs, and say what the script says", async () => {
    const asked: Question[] = [];
    const { openAi, gemini } = await start({
      answer(question) {
        asked.push(question);
        return aVerdict;
      },
    });

    const one = await openAi.responses.create(response);
    const other = await gemini.chat.completions.create(completion);

    expect(JSON.parse(one.output_text)).toEqual(aVerdict);
    expect(JSON.parse(other.choices[0]?.message.content ?? "")).toEqual(aVerdict);
    expect(asked).toEqual([
      { api: "responses", model: "o3", instructions, data, schema },
      { api: "chat", model: "gemini-2.5-pro", instructions, data, schema },
    ]);
  });

  it("stream as the package expects it", async () => {
    const { openAi, gemini } = await start();

    const final = await openAi.responses.stream(response).finalResponse();
    const chat = await gemini.chat.completions.stream({ ...completion, stream_options: { include_usage: true } }).finalChatCompletion();

    expect(JSON.parse(final.output_text)).toEqual(aVerdict);
    expect(final.usage?.output_tokens).toBeGreaterThan(5);
    expect(JSON.parse(chat.choices[0]?.message.content ?? "")).toEqual(aVerdict);
  });

  it("end where they have no more room", async () => {
    const { openAi } = await start();

    const { status, incomplete_details: why, usage } = await openAi.responses.create({ ...response, max_output_tokens: 16 });

    expect({ status, why, out: usage?.output_tokens }).toEqual({ status: "incomplete", why: { reason: "max_output_tokens" }, out: 16 });
  });
});

describe("the sandbox's APIs", () => {
  it("take no request that the vendors would not take", async () => {
    const { openAi, gemini } = await start();
    const loose = { ...format, schema: { ...format.schema, required: ["verdict"] } };

    await expect(openAi.responses.create({ ...response, text: { format: loose } })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("Missing 'lines'"),
    });
    await expect(openAi.responses.create({ ...response, tools: [{ type: "web_search" }] })).rejects.toMatchObject({ status: 400 });
    await expect(gemini.chat.completions.create({ ...completion, store: false })).rejects.toMatchObject({ status: 400 });
    await expect(openAi.responses.create({ ...response, model: "o1" })).rejects.toMatchObject({ status: 404, code: "model_not_found" });
  });

  it("keep each other's keys apart, and show none", async () => {
    const { sandbox, openAi } = await start();
    const swapped = new OpenAI({ baseURL: sandbox.openAiEndpoint, apiKey: sandbox.geminiKey, maxRetries: 0 });

    await expect(swapped.responses.create(response)).rejects.toMatchObject({ status: 401 });
    await openAi.responses.create(response);

    expect(sandbox.requests()).toHaveLength(2);
    expect(JSON.stringify(sandbox.requests())).not.toMatch(/that-is-no-secret/);
  });

  it("go wrong as often as they are told, and are late as long", async () => {
    const { sandbox, openAi } = await start();
    sandbox.fail("server_error", { times: 1 });
    const stop = sandbox.fail("quota");

    await expect(openAi.responses.create(response)).rejects.toMatchObject({ status: 503 });
    await expect(openAi.responses.create(response)).rejects.toMatchObject({ code: "insufficient_quota" });
    stop();
    sandbox.fail("slow", { delayMs: 50, times: 1 });

    expect((await openAi.responses.create(response)).status).toBe("completed");
    expect((await openAi.responses.stream(response).finalResponse()).status).toBe("completed");
  });
});
