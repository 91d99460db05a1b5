import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AiSandbox } from "./ai-sandbox.ts";

/** A program that stands for Claude Code. */
export interface ScriptedClaude {
  /** Its file. */
  readonly command: string;
  remove(): Promise<void>;
}

/** Puts a program there that is asked as `claude -p` is, and says what the script of the sandbox's models says. */
export async function putScriptedClaude({ openAiEndpoint, openAiKey }: AiSandbox): Promise<ScriptedClaude> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-claude-"));
  const command = join(folder, "claude");
  await writeFile(
    command,
    `#!${process.execPath}\n(${String(program)})(${JSON.stringify({ endpoint: openAiEndpoint, key: openAiKey })});\n`,
  );
  await chmod(command, 0o700);
  return { command, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs in a process of its own: it uses nothing from outside. */
async function program({ endpoint, key }: { endpoint: string; key: string }): Promise<void> {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const { argv, env } = process;
  if (argv.includes("--version")) return console.log("2.1.330 (a script, and no model)");

  const after = (flag: string) => argv[argv.indexOf(flag) + 1] ?? "";
  const asked = {
    model: after("--model"),
    instructions: readFileSync(after("--system-prompt-file"), "utf8"),
    input: readFileSync(0, "utf8"),
    max_output_tokens: Number(env.CLAUDE_CODE_MAX_OUTPUT_TOKENS ?? 32_000),
    store: false,
    text: { format: { type: "json_schema", name: "answer", strict: true, schema: JSON.parse(after("--json-schema")) } },
  };
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const response = await fetch(`${endpoint}/responses`, { method: "POST", headers, body: JSON.stringify(asked) });
  const said = (await response.json()) as { model?: string; output: Output[]; usage?: { input_tokens?: number; output_tokens?: number } };
  const isWell = response.ok;
  const text = isWell ? said.output.flatMap(({ content = [] }) => content.map((one) => one.text ?? "")).join("") : "";
  const { input_tokens: inputTokens = 0, output_tokens: outputTokens = 0 } = said.usage ?? {};
  const use = { inputTokens, outputTokens, cacheReadInputTokens: 0, cacheCreationInputTokens: 0, costUSD: 0 };
  const result = {
    type: "result",
    subtype: "success",
    is_error: !isWell,
    api_error_status: isWell ? null : response.status,
    terminal_reason: isWell ? "completed" : "api_error",
    num_turns: 1,
    permission_denials: [],
    session_id: crypto.randomUUID(),
    result: isWell ? text : `API Error: ${response.status}`,
    ...(isWell && { structured_output: JSON.parse(text) }),
    usage: { input_tokens: inputTokens, output_tokens: outputTokens },
    modelUsage: { [said.model ?? asked.model]: use },
    total_cost_usd: 0,
  };
  console.log(JSON.stringify(result));
  process.exitCode = isWell ? 0 : 1;
}

interface Output {
  readonly content?: readonly { readonly text?: string }[];
}
