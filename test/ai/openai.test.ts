import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openAi } from "../../src/ai/openai.ts";
import type { Failure, Provider } from "../../src/pipeline/ai/provider.ts";
import { type AiSandbox, type AiSandboxOptions, startAiSandbox } from "../../src/sandbox/ai/ai-sandbox.ts";
import type { AiFault, FaultOptions } from "../../src/sandbox/ai/faults.ts";
import { Secret } from "../../src/secret.ts";
import { aCall, aPrompt, aVerdict } from "./a-prompt.ts";

const now = () => 1_000_000;

async function start(options: Partial<AiSandboxOptions> = {}): Promise<{ service: AiSandbox; provider: Provider }> {
  const service = await startAiSandbox({ answer: () => aVerdict, ...options });
  onTestFinished(() => service.close());
  return { service, provider: providerAt(service.openAiEndpoint, service.openAiKey) };
}

const providerAt = (endpoint: string, key: string): Provider =>
  openAi({ apiKey: new Secret(key), endpoint, secrets: ["hunter2-hunter2"], now, random: () => 0 });

/** @returns the endpoint of a server that answers everything alike */
async function serverThat(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => void request.resume().on("end", () => answer(response)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

afterEach(() => vi.unstubAllEnvs());

describe("OpenAI", () => {
  it("answers in the shape that was asked for, with the model that answered and what it cost", async () => {
    const { provider } = await start();

    const answer = await provider.ask(aCall({ effort: "high" }));

    expect(answer).toEqual({
      kind: "answered",
      value: aVerdict,
      model: "o3-2025-04-16",
      spent: [
        {
          id: "openai:resp_sandbox1",
          model: "o3-2025-04-16",
          tokens: {
            uncachedIn: expect.any(Number),
            cacheRead: 0,
            cacheWrite5m: 0,
            cacheWrite1h: 0,
            out: expect.any(Number),
            reasoning: expect.any(Number),
          },
        },
      ],
    });
    const [{ tokens } = { tokens: undefined }] = answer.spent;
    expect(tokens?.reasoning).toBe((tokens?.out ?? 0) / 2);
    expect(tokens?.uncachedIn).toBeGreaterThan(20);
  });

  it("sends the question strictly, keeps nothing there and offers no tool", async () => {
    const { provider, service } = await start();

    await provider.ask(aCall({ effort: "high" }));

    const { instructions, data, schema } = aPrompt();
    expect(service.requests().map(({ path, body }) => ({ path, body }))).toEqual([
      {
        path: "/v1/responses",
        body: {
          model: "o3",
          instructions,
          input: data,
          max_output_tokens: 4000,
          store: false,
          stream: true,
          reasoning: { effort: "high" },
          text: { format: { type: "json_schema", name: "triage", strict: true, schema } },
        },
      },
    ]);
  });

  it("takes no account, no log level and no other key from the environment", async () => {
    vi.stubEnv("OPENAI_ORG_ID", "org-of-somebody");
    vi.stubEnv("OPENAI_PROJECT_ID", "proj-of-somebody");
    vi.stubEnv("OPENAI_ADMIN_KEY", "sk-admin-of-somebody");
    vi.stubEnv("OPENAI_LOG", "debug");
    const logged = [vi.spyOn(console, "debug"), vi.spyOn(console, "info"), vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
    const { provider, service } = await start();

    const answer = await provider.ask(aCall());

    expect(answer.kind).toBe("answered");
    expect(JSON.stringify(service.requests())).not.toMatch(/somebody/);
    expect(logged.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  it.each<[AiFault, Failure, attempts: number, isPaid: boolean]>([
    ["refusal", "refused", 1, true],
    ["content_filter", "refused", 1, true],
    ["incomplete", "truncated", 1, true],
    ["empty", "empty", 1, true],
    ["wrong_shape", "wrong_shape", 1, true],
    ["failed_stream", "unavailable", 1, true],
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

    const answer = await provider.ask(aCall());

    expect(answer).toMatchObject({ kind: "failed", failure, detail: expect.stringMatching(/^[^\n]{5,300}$/) });
    expect(answer.spent).toHaveLength(isPaid ? 1 : 0);
    expect(service.requests()).toHaveLength(attempts);
  });

  it.each<[AiFault, FaultOptions]>([
    ["rate_limited", { times: 2, retryAfterMs: 5 }],
    ["server_error", { times: 2 }],
    ["dropped_connection", { times: 1 }],
  ])("gets over %s that passes", async (fault, options) => {
    const { provider, service } = await start();
    service.fail(fault, options);

    const answer = await provider.ask(aCall());

    expect(answer.kind).toBe("answered");
    expect(service.requests()).toHaveLength((options.times ?? 0) + 1);
  });

  it("does not wait for long, and says when to come back", async () => {
    const { provider, service } = await start();
    service.fail("rate_limited", { retryAfterMs: 600_000 });

    const answer = await provider.ask(aCall());

    expect(answer).toMatchObject({ failure: "rate_limited", retryAt: now() + 600_000 });
    expect(service.requests()).toHaveLength(1);
  });

  it("ends with its deadline while an answer is under way, and tells the service", async () => {
    const { provider, service } = await start();
    service.fail("slow");
    const deadline = new AbortController();

    const asking = provider.ask(aCall({ signal: deadline.signal }));
    await vi.waitFor(() => expect(service.requests()).toHaveLength(1));
    deadline.abort();

    expect(await asking).toEqual({ kind: "failed", failure: "timeout", detail: "No answer in time.", spent: [] });
    expect(service.requests()).toHaveLength(1);
  });

  it("keeps one deadline over all attempts, and says what went before it", async () => {
    const { provider, service } = await start();
    service.fail("server_error", { retryAfterMs: 15_000 });
    const deadline = new AbortController();

    const asking = provider.ask(aCall({ signal: deadline.signal }));
    await vi.waitFor(() => expect(service.requests()).toHaveLength(1));
    setTimeout(() => deadline.abort(), 300);

    expect(await asking).toMatchObject({ failure: "timeout", detail: expect.stringContaining("Before that: 503") });
    expect(service.requests()).toHaveLength(1);
  });

  it("asks nothing when its deadline has passed already", async () => {
    const { provider, service } = await start();

    expect(await provider.ask(aCall({ signal: AbortSignal.abort() }))).toMatchObject({ failure: "timeout", spent: [] });
    expect(service.requests()).toHaveLength(0);
  });

  it("shows no secret of what it was told", async () => {
    const refusal = "sandbox-openai-key-that-is-no-secret\nand hunter2-hunter2 ".repeat(40);
    const { provider } = await start({ answer: () => ({ refusal }) });

    const answer = await provider.ask(aCall());

    expect(answer).toMatchObject({ failure: "refused", detail: expect.stringMatching(/^\*\*\* and \*\*\* \*\*\* and.*…$/) });
    expect(answer.kind === "failed" && answer.detail.length).toBe(300);
  });

  it("says that a wrong key is not taken", async () => {
    const { service } = await start();
    const provider = providerAt(service.openAiEndpoint, "sk-wrong-key");

    expect(await provider.ask(aCall())).toMatchObject({ failure: "unauthorised" });
    expect(await provider.look(["o3"], AbortSignal.timeout(60_000))).toEqual([
      { model: "o3", state: "unknown", problem: "OpenAI does not take the key: make a new one." },
    ]);
  });

  it("shows no secret of an error, nor more than one line of it", async () => {
    const message = `Incorrect API key provided:\n\u001b[31msk-of-ours-0123456789\u0000 (hunter2-hunter2).`;
    const endpoint = await serverThat((response) =>
      response.writeHead(401).end(JSON.stringify({ error: { message, code: "invalid_api_key" } })),
    );

    expect(await providerAt(endpoint, "sk-of-ours-0123456789").ask(aCall())).toMatchObject({
      failure: "unauthorised",
      detail: "401 invalid_api_key Incorrect API key provided: [31m*** (***).",
    });
  });

  it("follows no redirection with the key", async () => {
    const { service } = await start();
    const endpoint = await serverThat((response) => response.writeHead(307, { location: `${service.openAiEndpoint}/responses` }).end());

    expect(await providerAt(endpoint, service.openAiKey).ask(aCall())).toMatchObject({ failure: "unavailable" });
    expect(service.requests()).toHaveLength(0);
  });

  it.each<[string, string, string]>([
    ["HTML with 200", "text/html", "<html>Sign in</html>"],
    ["a stream of something else", "text/event-stream", 'data: {"type":"response.completed","response":{"id":7}}\n\n'],
    ["a stream that is no JSON", "text/event-stream", "data: {oops\n\n"],
    ["nothing", "text/event-stream", ""],
  ])("says that it is unavailable where it answers with %s", async (_, type, body) => {
    const endpoint = await serverThat((response) => response.writeHead(200, { "content-type": type }).end(body));

    expect(await providerAt(endpoint, "key").ask(aCall())).toMatchObject({ failure: "unavailable", spent: [] });
  });

  it("tells an address that is none from a model that is gone", async () => {
    const { service } = await start();
    const provider = providerAt(service.url, service.openAiKey);

    expect(await provider.ask(aCall())).toMatchObject({ failure: "unusable" });
    expect(await provider.look(["o3"], AbortSignal.timeout(60_000))).toMatchObject([
      { state: "unknown", problem: expect.stringContaining("/v1") },
    ]);
    expect(await providerAt(service.openAiEndpoint, service.openAiKey).ask(aCall({ model: "o1" }))).toMatchObject({ failure: "retired" });
  });

  it("says of a service that is not there that it is unavailable", async () => {
    const { service, provider } = await start();
    await service.close();

    expect(await provider.ask(aCall())).toMatchObject({ failure: "unavailable", detail: "no connection: ECONNREFUSED" });
    expect(await provider.look(["o3"], AbortSignal.timeout(60_000))).toEqual([
      { model: "o3", state: "unknown", problem: "Whether OpenAI can be used is not known: no connection: ECONNREFUSED" },
    ]);
  });

  it("looks which models are there, and until when, without spending anything", async () => {
    const { service, provider } = await start({ openAiModels: [{ id: "o3", shutdownDate: "2026-12-11" }, { id: "gpt-6.1-sol" }] });

    expect(await provider.look(["gpt-6.1-sol", "o3", "o1"], AbortSignal.timeout(60_000))).toEqual([
      { model: "gpt-6.1-sol", state: "there" },
      { model: "o3", state: "there", retiresAt: Date.UTC(2026, 11, 11) },
      { model: "o1", state: "absent", problem: "OpenAI has no model o1 for this key: choose another one." },
    ]);
    expect(service.requests()).toHaveLength(0);
  });
});
