import { describe, expect, it, onTestFinished, vi } from "vitest";
import { geminiApi } from "../../src/ai/gemini-api.ts";
import type { Failure, Provider } from "../../src/pipeline/ai/provider.ts";
import { type AiSandbox, type AiSandboxOptions, startAiSandbox } from "../../src/sandbox/ai/ai-sandbox.ts";
import type { AiFault } from "../../src/sandbox/ai/faults.ts";
import { Secret } from "../../src/secret.ts";
import { aCall, aPrompt, aVerdict } from "./a-prompt.ts";

const now = () => 1_000_000;
const model = "gemini-2.5-pro";

async function start(options: Partial<AiSandboxOptions> = {}): Promise<{ service: AiSandbox; provider: Provider }> {
  const service = await startAiSandbox({ answer: () => aVerdict, ...options });
  onTestFinished(() => service.close());
  return { service, provider: providerAt(service.url, service.geminiKey) };
}

const providerAt = (baseUrl: string, key: string): Provider =>
  geminiApi({ apiKey: new Secret(key), baseUrl, secrets: ["hunter2-hunter2"], now, random: () => 0 });

describe("the Gemini API", () => {
  it("answers with the model that Google gave in place of one that is gone", async () => {
    const { provider } = await start({ geminiModels: [{ id: model, answersAs: "models/gemini-3.8-flash" }] });

    const answer = await provider.ask(aCall({ model }));

    expect(answer).toMatchObject({
      kind: "answered",
      value: aVerdict,
      model: "gemini-3.8-flash",
      spent: [{ id: "google:sandbox1", model: "gemini-3.8-flash" }],
    });
  });

  it("counts what it thought once, though Google leaves it out of the output", async () => {
    const { provider } = await start();

    const thinking = await provider.ask(aCall({ model, effort: "high" }));
    const quick = await provider.ask(aCall({ model }));

    const [thought, said] = [thinking.spent[0]?.tokens, quick.spent[0]?.tokens];
    expect(said?.reasoning).toBe(0);
    expect(thought).toEqual({ ...said, reasoning: said?.out, out: (said?.out ?? 0) * 2 });
  });

  it("sends only what Google knows, and offers no tool", async () => {
    const { provider, service } = await start();

    await provider.ask(aCall({ model, effort: "low" }));

    const { instructions, data, schema } = aPrompt();
    expect(service.requests().map(({ path, body }) => ({ path, body }))).toEqual([
      {
        path: "/v1beta/openai/chat/completions",
        body: {
          model,
          messages: [
            { role: "system", content: instructions },
            { role: "user", content: data },
          ],
          max_tokens: 4000,
          stream: true,
          stream_options: { include_usage: true },
          reasoning_effort: "low",
          response_format: { type: "json_schema", json_schema: { name: "triage", strict: true, schema } },
        },
      },
    ]);
  });

  it.each<[AiFault, Failure, attempts: number, isPaid: boolean]>([
    ["refusal", "refused", 1, true],
    ["content_filter", "refused", 1, true],
    ["incomplete", "truncated", 1, true],
    ["empty", "empty", 1, true],
    ["wrong_shape", "wrong_shape", 1, true],
    ["failed_stream", "unavailable", 1, false],
    ["broken_stream", "unavailable", 1, false],
    ["rate_limited", "rate_limited", 3, false],
    ["server_error", "unavailable", 3, false],
    ["dropped_connection", "unavailable", 3, false],
    ["quota", "quota", 1, false],
    ["retired", "retired", 1, false],
    ["unauthorised", "unauthorised", 1, false],
    ["too_large", "too_large", 1, false],
    ["not_taken", "not_taken", 1, false],
  ])("tells %s as %s, after %i requests (paid: %s)", async (fault, failure, attempts, isPaid) => {
    const { provider, service } = await start();
    service.fail(fault, { retryAfterMs: 10 });

    const answer = await provider.ask(aCall({ model }));

    expect(answer).toMatchObject({ kind: "failed", failure, detail: expect.stringMatching(/^[^\n]{5,300}$/) });
    expect(answer.spent).toHaveLength(isPaid ? 1 : 0);
    expect(service.requests()).toHaveLength(attempts);
  });

  it.each([
    ["in a fence", `\`\`\`json\n${JSON.stringify(aVerdict)}\n\`\`\``],
    ["with words around it", `Here it is:\n${JSON.stringify(aVerdict, null, 2)}\nI hope {that} helps.`],
  ])("reads an answer %s", async (_, text) => {
    const { provider } = await start({ answer: () => text });

    expect(await provider.ask(aCall({ model }))).toMatchObject({ kind: "answered", value: aVerdict });
  });

  it.each([
    ["says two things", `${JSON.stringify(aVerdict)} or ${JSON.stringify({ ...aVerdict, lines: [] })}`],
    ["is in prose", "The lock is taken twice."],
    ["does not end", '{"verdict": "The lock'],
  ])("does not guess where an answer %s", async (_, text) => {
    const { provider } = await start({ answer: () => text });

    expect(await provider.ask(aCall({ model }))).toMatchObject({ failure: "wrong_shape", spent: [{ id: "google:sandbox1" }] });
  });

  it("says when to come back, as Google tells it", async () => {
    const { provider, service } = await start();
    service.fail("rate_limited", { retryAfterMs: 33_000 });

    expect(await provider.ask(aCall({ model }))).toMatchObject({ failure: "rate_limited", retryAt: now() + 33_000 });
    expect(service.requests()).toHaveLength(1);
  });

  it("ends with its deadline while an answer is under way", async () => {
    const { provider, service } = await start();
    service.fail("slow");
    const deadline = new AbortController();

    const asking = provider.ask(aCall({ model, signal: deadline.signal }));
    await vi.waitFor(() => expect(service.requests()).toHaveLength(1));
    deadline.abort();

    expect(await asking).toEqual({ kind: "failed", failure: "timeout", detail: "No answer in time.", spent: [] });
  });

  it("shows no secret of what it was told", async () => {
    const refusal = "sandbox-gemini-key-that-is-no-secret\nand hunter2-hunter2";
    const { provider } = await start({ answer: () => ({ refusal }) });

    expect(await provider.ask(aCall({ model }))).toMatchObject({ failure: "refused", detail: "*** and ***" });
  });

  it("looks which models are there", async () => {
    const { service, provider } = await start();

    expect(await provider.look([model, "gemini-1.5-pro"], AbortSignal.timeout(60_000))).toEqual([
      { model, state: "there" },
      { model: "gemini-1.5-pro", state: "absent", problem: "The Gemini API has no model gemini-1.5-pro for this key: choose another one." },
    ]);
    expect(await providerAt(service.url, "wrong").look([model], AbortSignal.timeout(60_000))).toMatchObject([
      { state: "unknown", problem: "The Gemini API does not take the key: make a new one." },
    ]);
  });
});
