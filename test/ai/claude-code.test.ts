import { describe, expect, it } from "vitest";
import { claudeCode } from "../../src/ai/claude-code.ts";
import { toPico } from "../../src/pipeline/usage/money.ts";
import { Secret } from "../../src/secret.ts";
import { aStubTool, captured, ends } from "./a-stub-tool.ts";
import { aCall } from "./a-tool-call.ts";

const result = JSON.parse(captured("claude-code-result.json"));
const told = (change: object, code = 0) => ends({ stdout: JSON.stringify({ ...result, ...change }), code });
const answers = told({ structured_output: { verdict: "approve" } });
const apiError = (status: number | null, more: object = {}) =>
  told(
    {
      is_error: true,
      terminal_reason: "api_error",
      stop_reason: "stop_sequence",
      api_error_status: status,
      result: "API Error",
      modelUsage: {},
      ...more,
    },
    1,
  );

const spent = {
  id: "anthropic:headless:782e2ff7-208b-47e1-92fb-0c3ed7c4e2bc:claude-sonnet-4-5",
  model: "claude-sonnet-4-5",
  tokens: { uncachedIn: 44, cacheRead: 12_000, cacheWrite5m: 8_000, cacheWrite1h: 0, out: 168, reasoning: 0 },
  statedPico: 36_252_000_000n,
};

function aClaude(
  script: string,
  options: { readonly apiKey?: Secret; readonly configDir?: string } = { apiKey: new Secret("key-of-claude") },
) {
  const tool = aStubTool("claude", script);
  return { tool, provider: claudeCode({ command: "claude", path: tool.path, secrets: ["other-secret"], ...options }) };
}

describe("Claude Code", () => {
  it("answers, and tells what it took and cost", async () => {
    const { provider } = aClaude(answers);

    const answer = await provider.ask(aCall());

    expect(answer).toEqual({ kind: "answered", value: { verdict: "approve" }, model: "claude-sonnet-4-5", spent: [spent] });
  });

  it("spends once for each model that it asked, and answers by the one that was meant", async () => {
    const helper = { ...result.modelUsage["claude-sonnet-4-5"], outputTokens: 5, costUSD: 0.00045000000000000004 };
    const { provider } = aClaude(
      told({ structured_output: { verdict: "x" }, modelUsage: { "claude-haiku-4-5": helper, ...result.modelUsage } }),
    );

    const answer = await provider.ask(aCall({ model: "sonnet" }));

    expect(answer).toMatchObject({ model: "claude-sonnet-4-5", spent: [{ model: "claude-haiku-4-5", statedPico: 450_000_000n }, spent] });
  });

  it("gives back the at signs that it was not shown", async () => {
    const { provider, tool } = aClaude(
      `fs.writeFileSync(seen, fs.readFileSync(0, "utf8")); process.stdout.write(${JSON.stringify(JSON.stringify({ ...result, structured_output: { verdict: "ask ＠team" } }))})`,
    );

    const answer = await provider.ask(aCall({ prompt: { data: "/login\n@/etc/passwd" } }));

    expect(tool.saw()).toMatch(/^The text that it is about:\n\n\/login\n＠\/etc\/passwd/);
    expect(answer).toMatchObject({ value: { verdict: "ask @team" } });
  });

  const watched = `fs.readFileSync(0); const args = process.argv.slice(2); fs.writeFileSync(seen, JSON.stringify({ args, variables: process.env, system: fs.readFileSync(args[args.indexOf("--system-prompt-file") + 1], "utf8") }));
    process.stdout.write(${JSON.stringify(JSON.stringify({ ...result, structured_output: { verdict: "x" } }))})`;

  it("is bounded in turns, money, tokens and tools, and told no more than it needs", async () => {
    const { provider, tool } = aClaude(watched);

    await provider.ask(aCall({ effort: "minimal", mostPico: toPico(0.25), mostOut: 3_000, prompt: { data: "The change." } }));

    const { args, variables, system } = JSON.parse(tool.saw());
    const given = (name: string) => args[args.indexOf(name) + 1];
    expect(given("--tools")).toBe("");
    expect(given("--setting-sources")).toBe("");
    expect(given("--max-budget-usd")).toBe("0.25");
    expect(given("--max-turns")).toBe("3");
    expect(given("--effort")).toBe("low");
    expect(JSON.parse(given("--json-schema"))).toMatchObject({ required: ["verdict"] });
    expect(args.join(" ")).not.toMatch(/The change|key-of-claude|Say what/);
    expect(system).toContain("Say what you think of the change.");
    expect(variables).toMatchObject({
      CLAUDE_CODE_MAX_OUTPUT_TOKENS: "3000",
      CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
      ANTHROPIC_API_KEY: "key-of-claude",
    });
    expect(variables.CLAUDE_CONFIG_DIR).toBe(`${variables.HOME}/.claude`);
  });

  it("takes a login where there is no key, which no budget pays for", async () => {
    const { provider, tool } = aClaude(watched, { configDir: "/somewhere/.claude" });

    await provider.ask(aCall());

    const { variables, args } = JSON.parse(tool.saw());
    expect(variables.CLAUDE_CONFIG_DIR).toBe("/somewhere/.claude");
    expect(variables).not.toHaveProperty("ANTHROPIC_API_KEY");
    expect(args).toContain("--no-session-persistence");
    expect(args).not.toContain("--max-budget-usd");
    expect([provider.basis, aClaude("").provider.basis]).toEqual(["subscription", "metered"]);
  });

  const failures: readonly (readonly [string, string, string])[] = [
    ["used up its turns", told({ is_error: true, subtype: "error_max_turns", terminal_reason: "max_turns" }, 1), "stopped"],
    ["used up its money", told({ is_error: true, subtype: "error_max_budget_usd", terminal_reason: "budget_exhausted" }, 1), "stopped"],
    ["was stopped by a hook", told({ terminal_reason: "hook_stopped" }), "unusable"],
    ["took the question for a command", told({ terminal_reason: undefined, num_turns: 0 }), "unusable"],
    ["declined", apiError(null, { stop_reason: "refusal" }), "refused"],
    ["ran out of room", apiError(null, { api_error: "max_output_tokens" }), "truncated"],
    ["cannot reach anybody", apiError(null, { api_error: "connection_failed" }), "unavailable"],
    ["is not logged in", apiError(null), "unauthorised"],
    ["is told 400", apiError(400), "not_taken"],
    ["is told that it is too long", apiError(400, { terminal_reason: "prompt_too_long" }), "too_large"],
    ["is told 401", apiError(401), "unauthorised"],
    ["is told 402", apiError(402), "quota"],
    ["is told 403", apiError(403), "unauthorised"],
    ["is told 404", apiError(404), "retired"],
    ["is told 413", apiError(413, { terminal_reason: "image_error" }), "too_large"],
    ["is told 429", apiError(429), "rate_limited"],
    ["is told 500", apiError(500), "unavailable"],
    ["is told 529", apiError(529), "unavailable"],
    ["said nothing", told({ result: "" }), "empty"],
    ["answered in words", ends({ stdout: captured("claude-code-result.json") }), "wrong_shape"],
    ["answered something else", told({ structured_output: { other: 1 } }), "wrong_shape"],
    [
      "gave up on the shape",
      told({ is_error: true, subtype: "error_max_structured_output_retries", terminal_reason: "structured_output_retry_exhausted" }, 1),
      "wrong_shape",
    ],
    ["does not know what it is given", ends({ stderr: "error: unknown option '--safe-mode'\n", code: 1 }), "unusable"],
    ["prints something else", ends({ stdout: "[]" }), "unusable"],
  ];
  it.each(failures)("that %s says so", async (_, script, failure) => {
    const { provider } = aClaude(script);

    expect(await provider.ask(aCall())).toMatchObject({ kind: "failed", failure });
  });

  it("tells what went wrong without a secret, and what it cost all the same", async () => {
    const { provider } = aClaude(
      told({ is_error: true, terminal_reason: "max_turns", result: undefined, errors: ["Stopped key-of-claude\nother-secret"] }, 1),
    );

    expect(await provider.ask(aCall())).toMatchObject({ failure: "stopped", detail: "Stopped *** ***", spent: [spent] });
  });

  it("breaks nothing by an answer without a bottom", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const { provider } = aClaude(
      ends({
        stdout: JSON.stringify({ ...result, structured_output: 0 }).replace(
          '"structured_output":0',
          `"structured_output":{"verdict":${deep}}`,
        ),
      }),
    );

    expect(await provider.ask(aCall())).toMatchObject({ failure: "wrong_shape" });
  });

  it("is stopped when it hangs", async () => {
    const { provider, tool } = aClaude("setInterval(() => {}, 1000);");
    const abort = new AbortController();
    const answer = provider.ask(aCall({ signal: abort.signal }));
    const timer = setInterval(() => tool.hasRun && abort.abort(), 10);

    expect(await answer).toMatchObject({ kind: "failed", failure: "timeout", spent: [] });
    clearInterval(timer);
  });

  it("is not asked more than it reads", async () => {
    const { provider, tool } = aClaude(answers);

    expect(await provider.ask(aCall({ prompt: { data: "x".repeat(10_000_000) } }))).toMatchObject({ failure: "too_large" });
    expect(tool.hasRun).toBe(false);
  });

  it("says what is missing before it is asked", async () => {
    const { signal } = new AbortController();
    const there = aClaude('console.log("2.1.330 (Claude Code)")').provider;
    const broken = aClaude("process.exit(1)").provider;
    const none = claudeCode({ command: "claude", path: "/nowhere", apiKey: new Secret("k-1"), secrets: [] });
    const keyless = claudeCode({ command: "claude", path: "/nowhere", secrets: [] });

    expect(await there.look(["a", "b"], signal)).toEqual([
      { model: "a", state: "unknown" },
      { model: "b", state: "unknown" },
    ]);
    expect(await broken.look(["a"], signal)).toMatchObject([
      { problem: expect.stringContaining("Claude Code does not start. Install it:") },
    ]);
    expect(await none.look(["a"], signal)).toMatchObject([{ problem: expect.stringContaining("Claude Code is not there. Install it:") }]);
    expect(await keyless.look(["a"], signal)).toMatchObject([{ problem: expect.stringContaining("set ANTHROPIC_API_KEY") }]);
    expect(await none.ask(aCall())).toMatchObject({ failure: "unusable" });
    expect(await keyless.ask(aCall())).toMatchObject({ failure: "unusable" });
  });
});
