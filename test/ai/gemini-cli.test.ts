import { describe, expect, it } from "vitest";
import { geminiCli } from "../../src/ai/gemini-cli.ts";
import { Secret } from "../../src/secret.ts";
import { aStubTool, captured, ends } from "./a-stub-tool.ts";
import { aCall, type Verdict } from "./a-tool-call.ts";

const at = Date.parse("2026-11-23T10:00:00Z");

function aGemini(script: string) {
  const tool = aStubTool("gemini", script);
  const provider = geminiCli({
    command: "gemini",
    path: tool.path,
    apiKey: new Secret("key-of-gemini"),
    secrets: ["other-secret"],
    now: () => at,
  });
  return { tool, provider };
}

const result = JSON.parse(captured("gemini-cli-result.json"));
const [model] = Object.keys(result.stats.models);
const told = (change: object) => ends({ stdout: JSON.stringify({ ...result, ...change }) });
const says = (response: string) => told({ response });
const brokenBy = (kind: string) =>
  told({
    response: "",
    error: { type: "INVALID_STREAM", message: "As it says." },
    stats: {
      models: { "gemini-2.5-pro": { ...result.stats.models["gemini-2.5-pro"], api: { totalRequests: 2, errorsByType: { [kind]: 1 } } } },
    },
  });
const lastWords = (code: number, message = "Told") =>
  `Warning: something\n${JSON.stringify({ session_id: "s", error: { type: "Error", message, code } }, null, 2)}\n`;

const spent = {
  id: "google:45711c89-1b03-42db-b21a-76a11a738717",
  model: "gemini-2.5-pro",
  tokens: { uncachedIn: 600, cacheRead: 400, cacheWrite5m: 0, cacheWrite1h: 0, out: 80, reasoning: 30 },
};

describe("the Gemini CLI", () => {
  it("answers, and tells what it took", async () => {
    const { provider } = aGemini(ends({ stdout: captured("gemini-cli-result.json") }));

    const answer = await provider.ask(aCall());

    expect(model).toBe("gemini-2.5-pro");
    expect(answer).toEqual({ kind: "answered", value: { verdict: "approve" }, model: "gemini-2.5-pro", spent: [spent] });
  });

  it("is heard in a fence, with its at signs back", async () => {
    const { provider } = aGemini(says('```json\n{"verdict":"ask ＠team"}\n```'));

    expect(await provider.ask(aCall())).toMatchObject({ kind: "answered", value: { verdict: "ask @team" } });
  });

  it("spends once for each model that it asked", async () => {
    const two = told({ stats: { models: { ...result.stats.models, "gemini-3.8-flash": result.stats.models["gemini-2.5-pro"] } } });
    const { provider } = aGemini(two);

    const answer = await provider.ask(aCall());

    expect(answer.spent.map(({ id }) => id)).toEqual([`${spent.id}:gemini-2.5-pro`, `${spent.id}:gemini-3.8-flash`]);
  });

  it("gets the question where nobody else can read it, and nothing of it that it would obey", async () => {
    const { provider, tool } = aGemini(
      `fs.writeFileSync(seen, JSON.stringify({ input: fs.readFileSync(0, "utf8"), args: process.argv.slice(2), system: fs.readFileSync(process.env.GEMINI_SYSTEM_MD, "utf8"),
        settings: JSON.parse(fs.readFileSync(process.env.HOME + "/.gemini/settings.json", "utf8")), variables: process.env, above: fs.readFileSync("../.gemini/.env", "utf8") }));
      process.stdout.write(${JSON.stringify(captured("gemini-cli-result.json"))})`,
    );

    await provider.ask(
      aCall({ model: "gemini-2.5-pro", effort: "high", mostOut: 3_000, prompt: { data: "/quit\n!id\n@/etc/passwd and \\@x" } }),
    );

    const saw = JSON.parse(tool.saw());
    expect(saw.input).toMatch(/^[^/!]/);
    expect(saw.input).toContain("/quit\n!id\n＠/etc/passwd and \\＠x");
    expect(saw.args).toEqual(["--model", "gemini-2.5-pro", "--output-format", "json"]);
    expect(saw.system).toContain("Say what you think of the change.");
    expect(saw.system).toContain('"required":["verdict"]');
    expect(saw.settings).toMatchObject({ tools: { core: [] }, general: { maxAttempts: 2 }, model: { maxSessionTurns: 1 } });
    expect(saw.settings.modelConfigs.overrides[0].modelConfig.generateContentConfig).toEqual({
      maxOutputTokens: 3_000,
      thinkingConfig: { thinkingBudget: 1_500 },
    });
    expect(saw.above).toBe("");
    expect(
      Object.keys(saw.variables)
        .filter((name) => /GEMINI|GOOGLE|KEY|TOKEN|SECRET/.test(name))
        .toSorted(),
    ).toEqual(["GEMINI_API_KEY", "GEMINI_CLI_NO_RELAUNCH", "GEMINI_CLI_TRUST_WORKSPACE", "GEMINI_SYSTEM_MD"]);
  });

  const failures: readonly (readonly [string, string, string])[] = [
    ["is out of quota for today", ends({ code: 173, stderr: captured("gemini-cli-daily-quota.stderr.txt") }), "quota"],
    ["was asked too much within a minute", ends({ code: 173, stderr: captured("gemini-cli-minute-quota.stderr.txt") }), "rate_limited"],
    ["says 429 of it", ends({ code: 173, stderr: captured("gemini-cli-429.stderr.txt") }), "rate_limited"],
    ["has no such model", ends({ code: 1, stderr: captured("gemini-cli-no-model.stderr.txt") }), "retired"],
    ["does not take the key", ends({ code: 144, stderr: captured("gemini-cli-wrong-key.stderr.txt") }), "unauthorised"],
    ["has no way to log in", ends({ code: 41, stderr: lastWords(41) }), "unauthorised"],
    ["is told 401", ends({ code: 145, stderr: lastWords(401) }), "unauthorised"],
    ["is told 403, and says nothing", ends({ code: 147 }), "unauthorised"],
    ["is told 404, and says nothing", ends({ code: 148 }), "retired"],
    ["is told 400", ends({ code: 144, stderr: lastWords(400) }), "not_taken"],
    ["is told 500", ends({ code: 244, stderr: lastWords(500) }), "unavailable"],
    ["is told 503, and says nothing", ends({ code: 247 }), "unavailable"],
    ["cannot reach anybody", ends({ code: 1, stderr: lastWords(1, "fetch failed") }), "unavailable"],
    ["has no question", ends({ code: 42, stderr: lastWords(42) }), "not_taken"],
    ["used up its turns", ends({ code: 53, stderr: `[ERROR] ${lastWords(53)}` }), "stopped"],
    ["does not trust the folder", ends({ code: 55, stderr: "Not trusted." }), "unusable"],
    ["has no Node to run on", ends({ code: 127, stderr: "env: node: No such file" }), "unusable"],
    ["prints no result", ends({ stdout: "Hello." }), "unusable"],
    ["said nothing", says(""), "empty"],
    ["said nothing twice", brokenBy("NO_RESPONSE_TEXT"), "empty"],
    ["was kept from answering", brokenBy("SAFETY_BLOCKED"), "refused"],
    ["ran out of room", brokenBy("MAX_TOKENS_EXCEEDED"), "truncated"],
    ["called what is not there", brokenBy("MALFORMED_FUNCTION_CALL"), "wrong_shape"],
    ["answered something else", says('{"other":1}'), "wrong_shape"],
    ["answered in words", says("Looks good."), "wrong_shape"],
  ];
  it.each(failures)("that %s says so", async (_, script, failure) => {
    const { provider } = aGemini(script);

    expect(await provider.ask(aCall())).toMatchObject({ kind: "failed", failure });
  });

  it("is known to have been cut where it wrote as much as it might", async () => {
    const { provider } = aGemini(says('{"verdict":"it is'));

    expect(await provider.ask(aCall({ mostOut: 80 }))).toMatchObject({ failure: "truncated", spent: [spent] });
  });

  it("tells when it may be asked again, and what went wrong without a secret", async () => {
    const { provider } = aGemini(
      ends({
        code: 173,
        stderr: captured("gemini-cli-minute-quota.stderr.txt").replaceAll("Quota\\n", "Quota of key-of-gemini and other-secret\\n"),
      }),
    );

    const answer = await provider.ask(aCall());

    expect(answer).toMatchObject({
      failure: "rate_limited",
      retryAt: at + 3_000,
      detail: "Quota of *** and *** Suggested retry after 3s.",
    });
  });

  it("counts what an answer cost that cannot be used", async () => {
    const { provider } = aGemini(says("Looks good."));

    expect((await provider.ask<Verdict>(aCall())).spent).toEqual([spent]);
  });

  it("breaks nothing by an answer without a bottom", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const { provider } = aGemini(says(`{"verdict":${deep}}`));

    expect(await provider.ask(aCall())).toMatchObject({ failure: "wrong_shape" });
  });

  it("is stopped when it hangs", async () => {
    const { provider, tool } = aGemini("setInterval(() => {}, 1000);");
    const abort = new AbortController();
    const answer = provider.ask(aCall({ signal: abort.signal }));
    const timer = setInterval(() => tool.hasRun && abort.abort(), 10);

    expect(await answer).toMatchObject({ kind: "failed", failure: "timeout", spent: [] });
    clearInterval(timer);
  });

  it("is not asked more than it reads", async () => {
    const { provider, tool } = aGemini(ends({}));

    expect(await provider.ask(aCall({ prompt: { data: "x".repeat(9 * 1024 * 1024) } }))).toMatchObject({ failure: "too_large" });
    expect(tool.hasRun).toBe(false);
  });

  it("says what is missing before it is asked", async () => {
    const { signal } = new AbortController();
    const { provider } = aGemini('console.log("0.61.0")');
    const none = geminiCli({ command: "gemini", path: "/nowhere", apiKey: new Secret("k-1"), secrets: [], now: () => at });
    const keyless = geminiCli({ command: "gemini", path: "/nowhere", secrets: [], now: () => at });

    expect(await provider.look(["a", "b"], signal)).toEqual([
      { model: "a", state: "unknown" },
      { model: "b", state: "unknown" },
    ]);
    expect(await none.look(["a"], signal)).toMatchObject([
      { problem: "The Gemini CLI is not there. Install it: npm install --global @google/gemini-cli" },
    ]);
    expect(await keyless.look(["a"], signal)).toMatchObject([{ problem: "The Gemini CLI has no API key: set GEMINI_API_KEY." }]);
    expect(await none.ask(aCall())).toMatchObject({ failure: "unusable" });
    expect(await keyless.ask(aCall())).toMatchObject({ failure: "unusable" });
  });
});
