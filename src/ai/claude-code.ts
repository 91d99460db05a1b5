import type { Call, Failure, Provider, ProviderAnswer, Spent } from "../pipeline/ai/provider.ts";
import { exactUsd } from "../pipeline/usage/money.ts";
import type { Secret } from "../secret.ts";
import { aboutAtSigns, withAtSigns, withoutAtSigns } from "./at-signs.ts";
import { ClaudeCodeResult, claudeCodeFailure, saidOf, spentOf } from "./claude-code-result.ts";
import { jsonIn } from "./json-in.ts";
import { problemOfTool, unknownStates } from "./look-at-tool.ts";
import type { Place } from "./own-place.ts";
import { runTool, type ToolEnd, whyNotEnded } from "./run-tool.ts";
import { inOneLine, lastLineOf } from "./tool-words.ts";

export interface ClaudeCodeOptions {
  /** `claude`, or its file. */
  readonly command: string;
  /** Folders of programs, as in `PATH`. */
  readonly path: string;
  /** Of Anthropic's API. Without one it takes the login of `configDir`. */
  readonly apiKey?: Secret;
  /** Of the API: `https://api.anthropic.com` when absent. */
  readonly baseUrl?: string;
  /** Where somebody has logged in: `~/.claude`, mostly. Only what it needs for the login is read there, and it keeps nothing of a question. */
  readonly configDir?: string;
  /** Variables that it needs besides, such as those of a proxy. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Never told in a detail. */
  readonly secrets: readonly string[];
}

/** It refuses to read more from its standard input. */
const mostBytes = 10_000_000;
const name = "Claude Code";
const howToGet = "Install it: npm install --global @anthropic-ai/claude-code";

/** Claude by way of Claude Code without a terminal: one question, no tool, no file of this machine, nothing kept. */
export function claudeCode(options: ClaudeCodeOptions): Provider {
  const { command, path, apiKey, configDir } = options;
  const secrets = [...options.secrets, ...(apiKey ? [apiKey.reveal()] : [])];
  const canLogIn = apiKey !== undefined || configDir !== undefined;
  const failed = (failure: Failure, said: string, spent: readonly Spent[] = []) =>
    ({ kind: "failed", failure, detail: inOneLine(said, secrets), spent }) as const;

  return {
    service: "claude-code",
    name,
    vendor: "anthropic",
    basis: apiKey ? "metered" : "subscription",
    // Measured with 2.1.330 as it is asked here: 2,200 bytes of its own, and 250 of ours.
    overheadTokens: 900,
    // It goes on where an answer has run out of room: three times, then it gives up.
    mostRequests: 4,

    async ask<T>(call: Call<T>): Promise<ProviderAnswer<T>> {
      if (!canLogIn) return failed("unusable", noLogin);
      // It begins with words of ours: a slash at the beginning would be a command.
      const input = `The text that it is about:\n\n${withoutAtSigns(call.prompt.data)}\n`;
      if (Buffer.byteLength(input) > mostBytes) return failed("too_large", `The question is longer than ${mostBytes} bytes.`);
      const end = await runTool({
        command,
        path,
        args: (place) => argumentsOf(call, place),
        variables: (place) => ({ ...options.variables, ...variablesOf(options, call, place) }),
        files: { "given/instructions.md": `${call.prompt.instructions}\n\n${aboutAtSigns}\n` },
        input,
        signal: call.signal,
      });
      return end.how === "ended" ? read(call, end) : failed(...whyNotEnded(end, `${name} is not there. ${howToGet}`));
    },

    async look(models, signal) {
      return unknownStates(models, canLogIn ? await problemOfTool({ command, path, name, howToGet, signal }) : noLogin);
    },
  };

  function read<T>(call: Call<T>, { code, stdout, stderr }: Extract<ToolEnd, { how: "ended" }>): ProviderAnswer<T> {
    const result = ClaudeCodeResult.safeParse(jsonIn(withAtSigns(stdout)));
    if (!result.success) return failed("unusable", lastLineOf(stderr) || lastLineOf(stdout) || `exit code ${code}`);
    const spent = spentOf(result.data);
    const failure = claudeCodeFailure(result.data);
    if (failure) return failed(failure, saidOf(result.data), spent);
    const { structured_output: output, result: text = "" } = result.data;
    if (output === undefined) return failed(text.trim() === "" ? "empty" : "wrong_shape", text, spent);
    const value = call.prompt.read(output);
    if (value === undefined) return failed("wrong_shape", text, spent);
    return { kind: "answered", value, model: answering(spent, call.model), spent };
  }
}

const noLogin = "Claude Code has no API key and no login: set ANTHROPIC_API_KEY.";

/** The one that wrote most, where it is not the one that was asked. */
const answering = (spent: readonly Spent[], asked: string): string =>
  spent.some(({ model }) => model === asked) ? asked : (spent.toSorted((a, b) => b.tokens.out - a.tokens.out)[0]?.model ?? asked);

const argumentsOf = ({ prompt, model, effort, mostPico }: Call<unknown>, place: Place): readonly string[] => [
  ...["--print", "--output-format", "json", "--model", model],
  ...["--system-prompt-file", `${place.given}/instructions.md`],
  ...["--json-schema", JSON.stringify(prompt.schema)],
  // None of its tools, none of others, none of anybody's settings, hooks, skills or memories; and whatever would be asked is denied.
  ...["--tools", "", "--strict-mcp-config", "--setting-sources", "", "--safe-mode", "--disable-slash-commands"],
  ...["--permission-mode", "dontAsk", "--permission-prompts", "none"],
  "--no-session-persistence",
  // Two for answers of a wrong shape, of which it says itself that there were too many, and one for a tool that it takes to be there.
  ...["--max-turns", "3"],
  ...(mostPico === undefined ? [] : ["--max-budget-usd", exactUsd(mostPico)]),
  ...(effort === undefined ? [] : ["--effort", effort === "minimal" ? "low" : effort]),
];

const variablesOf = (
  { apiKey, baseUrl, configDir }: ClaudeCodeOptions,
  { mostOut }: Call<unknown>,
  { home }: Place,
): Readonly<Record<string, string>> => ({
  ...(apiKey && { ANTHROPIC_API_KEY: apiKey.reveal() }),
  ...(baseUrl !== undefined && { ANTHROPIC_BASE_URL: baseUrl }),
  CLAUDE_CONFIG_DIR: apiKey || configDir === undefined ? `${home}/.claude` : configDir,
  DISABLE_TELEMETRY: "1",
  DISABLE_ERROR_REPORTING: "1",
  DISABLE_AUTOUPDATER: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  // Files that the text names stay out of the question.
  CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
  CLAUDE_CODE_DISABLE_FILE_MENTIONS: "1",
  // Ten are usual, which take minutes; and a refusal is asked again, which costs as much a second time.
  CLAUDE_CODE_MAX_RETRIES: "1",
  CLAUDE_CODE_DISABLE_REFUSAL_RETRY: "1",
  MAX_STRUCTURED_OUTPUT_RETRIES: "2",
  CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(mostOut),
  // Older models think as much as they are allowed to: half of it is left for the answer.
  MAX_THINKING_TOKENS: String(Math.floor(mostOut / 2)),
});
