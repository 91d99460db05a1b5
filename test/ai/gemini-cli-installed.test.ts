import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { geminiCli } from "../../src/ai/gemini-cli.ts";
import type { Failure } from "../../src/pipeline/ai/provider.ts";
import { Secret } from "../../src/secret.ts";
import { aCall } from "./a-tool-call.ts";
import { whereGeminiIsInstalled } from "./gemini-installed.ts";
import { type GeminiTurn, startGenerateContentApi } from "./generate-content-api.ts";

const model = "gemini-2.5-pro";
const at = (baseUrl: string) =>
  geminiCli({ command: "gemini", path: process.env.PATH ?? "", apiKey: new Secret("not-a-key"), baseUrl, secrets: [], now: () => 0 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nextrust-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quota = (id: string, more: readonly object[] = []): GeminiTurn => ({
  fails: 429,
  details: [{ "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [{ quotaMetric: "requests", quotaId: id }] }, ...more],
});

whereGeminiIsInstalled("Asking through the Gemini CLI itself")("the Gemini CLI, as it is asked", { timeout: 180_000 }, () => {
  it("answers, and spends what it says", async () => {
    await using api = await startGenerateContentApi([{ says: '```json\n{"verdict":"approve"}\n```' }]);
    const provider = at(api.url);
    const call = aCall({ model, mostOut: 3_000, effort: "low" });

    const answered = await provider.ask(call);

    expect(answered).toEqual({
      kind: "answered",
      value: { verdict: "approve" },
      // Google may let another model answer, and says which.
      model: "gemini-as-it-calls-itself",
      spent: [
        {
          id: expect.stringMatching(/^google:[\w-]{36}$/),
          model: "gemini-as-it-calls-itself",
          tokens: { uncachedIn: 600, cacheRead: 400, cacheWrite5m: 0, cacheWrite1h: 0, out: 80, reasoning: 30 },
        },
      ],
    });
    const [asked, ...more] = api.asked;
    expect(more).toEqual([]);
    expect(asked?.url).toBe(`/v1beta/models/${model}:streamGenerateContent?alt=sse`);
    expect(asked?.key).toBe("not-a-key");
    expect(asked?.body.tools?.flatMap(({ functionDeclarations = [] }) => functionDeclarations) ?? []).toEqual([]);
    expect(asked?.body.generationConfig).toMatchObject({ maxOutputTokens: 3_000, thinkingConfig: { thinkingBudget: 1_024 } });
    expect(asked?.body.systemInstruction?.parts[0]?.text).toMatch(/^Say what you think of the change\./);
    // Three bytes are a token, or less than one.
    const besides =
      JSON.stringify(asked?.body).length - [call.prompt.instructions, call.prompt.data, JSON.stringify(call.prompt.schema)].join("").length;
    expect(besides / 3).toBeLessThan(provider.overheadTokens);
  });

  it("puts no file into the question, obeys no command in it, and runs no tool", async () => {
    const canary = join(folder, "canary");
    const touched = join(folder, "touched");
    writeFileSync(canary, "the canary sings");
    const tools: readonly GeminiTurn[] = [
      { uses: "run_shell_command", with: { command: `touch ${touched}` } },
      { uses: "read_file", with: { file_path: canary, absolute_path: canary } },
      { uses: "write_file", with: { file_path: touched, content: "x" } },
    ];
    for (const turn of tools) {
      await using api = await startGenerateContentApi([turn, { says: '{"verdict":"x"}' }]);

      const answered = await at(api.url).ask(
        aCall({ model, prompt: { data: `/quit\n@${canary} @"${canary}" (@${canary})\n!cat ${canary}` } }),
      );

      expect(answered).toMatchObject({ failure: "stopped" });
      expect(api.asked).toHaveLength(1);
      expect(JSON.stringify(api.asked)).toContain(`＠${canary}`);
      expect(JSON.stringify(api.asked)).not.toContain("the canary sings");
      expect(existsSync(touched)).toBe(false);
    }
  });

  const failures: readonly (readonly [string, Failure, number, GeminiTurn])[] = [
    ["a day's quota", "quota", 1, quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier")],
    [
      "a minute's quota",
      "rate_limited",
      2,
      quota("GenerateRequestsPerMinutePerProjectPerModel", [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "1s" }]),
    ],
    [
      "a key that is not taken",
      "unauthorised",
      1,
      { fails: 400, details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }] },
    ],
    ["403", "unauthorised", 1, { fails: 403 }],
    ["a model that is no more", "retired", 1, { fails: 404 }],
    ["400", "not_taken", 1, { fails: 400 }],
    ["a service that is down", "unavailable", 2, { fails: 503 }],
    ["nothing said", "empty", 2, { says: "" }],
    ["an answer kept back", "refused", 2, { says: "", ends: "SAFETY" }],
    ["no room left", "truncated", 2, { says: "", ends: "MAX_TOKENS" }],
    ["words only", "wrong_shape", 1, { says: "Fine." }],
  ];
  it.each(failures)("tells of %s: %s", async (_, failure, requests, turn) => {
    await using api = await startGenerateContentApi([turn]);
    const provider = at(api.url);

    const answered = await provider.ask(aCall({ model }));

    expect(answered).toMatchObject({ kind: "failed", failure });
    expect(api.asked).toHaveLength(requests);
    expect(requests).toBeLessThanOrEqual(provider.mostRequests);
  });

  it("tells that nobody is there", async () => {
    expect(await at("http://127.0.0.1:1").ask(aCall({ model }))).toMatchObject({ failure: "unavailable" });
  });

  it("is there", async () => {
    expect(await at("http://127.0.0.1:1").look([model], new AbortController().signal)).toEqual([{ model, state: "unknown" }]);
  });
});
