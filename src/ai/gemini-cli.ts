import type { Call, Failure, Provider, ProviderAnswer, Spent } from "../pipeline/ai/provider.ts";
import type { Secret } from "../secret.ts";
import { aboutAtSigns, withAtSigns, withoutAtSigns } from "./at-signs.ts";
import { GeminiCliResult, geminiCliFailure, spentOf, whyUnreadable } from "./gemini-cli-result.ts";
import { geminiCliSettings } from "./gemini-cli-settings.ts";
import { jsonIn } from "./json-in.ts";
import { problemOfTool, unknownStates } from "./look-at-tool.ts";
import type { ToolEnd } from "./run-tool.ts";
import { runTool, whyNotEnded } from "./run-tool.ts";
import { inOneLine } from "./tool-words.ts";

export interface GeminiCliOptions {
  /** `gemini`, or its file. */
  readonly command: string;
  /** Folders of programs, as in `PATH`: of the CLI, and of the Node that it runs on. */
  readonly path: string;
  /** Without one it cannot be used: logins of persons are refused by Google since 2026-06-18, and need a home that we do not share. */
  readonly apiKey?: Secret;
  /** Of the API, without the version: `https://generativelanguage.googleapis.com` when absent. */
  readonly baseUrl?: string;
  /** Variables that it needs besides, such as those of a proxy. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Never told in a detail. */
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** It reads no more of its standard input, and does not say so. */
const mostBytes = 8 * 1024 * 1024;
const name = "Gemini CLI";
const howToGet = "Install it: npm install --global @google/gemini-cli";

/** Gemini by way of the Gemini CLI, without any tool, login or file of this machine. */
export function geminiCli(options: GeminiCliOptions): Provider {
  const { command, path, apiKey, now } = options;
  const secrets = [...options.secrets, ...(apiKey ? [apiKey.reveal()] : [])];
  const failed = (failure: Failure, said: string, spent: readonly Spent[] = []) =>
    ({ kind: "failed", failure, detail: inOneLine(said, secrets), spent }) as const;

  return {
    service: "gemini-cli",
    name,
    vendor: "google",
    basis: "metered",
    isFreeText: true,
    // Measured with 0.61.0 and no tools: 600 bytes of its own, and 250 of ours around the schema.
    overheadTokens: 400,
    // A stream that ends too early is asked for again once, and paid for twice.
    mostRequests: 2,

    async ask<T>(call: Call<T>): Promise<ProviderAnswer<T>> {
      if (!apiKey) return failed("unusable", noKey);
      const input = `The text that it is about:\n\n${withoutAtSigns(call.prompt.data)}\n`;
      if (Buffer.byteLength(input) > mostBytes) return failed("too_large", `The question is longer than ${mostBytes} bytes.`);
      const end = await runTool({
        command,
        path,
        args: () => ["--model", call.model, "--output-format", "json"],
        variables: (place) => ({
          ...options.variables,
          ...variablesOf(options, apiKey),
          GEMINI_SYSTEM_MD: `${place.given}/instructions.md`,
        }),
        files: {
          "home/.gemini/settings.json": geminiCliSettings(call),
          "given/instructions.md": instructionsOf(call),
          // It looks for such a file upwards from where it works, and would take variables from one that somebody else left there.
          ".gemini/.env": "",
        },
        input,
        signal: call.signal,
      });
      return end.how === "ended" ? read(call, end) : failed(...whyNotEnded(end, `The ${name} is not there. ${howToGet}`));
    },

    async look(models, signal) {
      const problem = apiKey ? await problemOfTool({ command, path, name: `The ${name}`, howToGet, signal }) : noKey;
      return unknownStates(models, problem);
    },
  };

  function read<T>(call: Call<T>, { code, stdout, stderr }: Extract<ToolEnd, { how: "ended" }>): ProviderAnswer<T> {
    const result = GeminiCliResult.safeParse(jsonIn(stdout));
    if (code !== 0 || !result.success) {
      const { failure, said, retryAfterMs } = geminiCliFailure(code, stderr);
      if (code === 0) return failed("unusable", `It printed no result that we know. ${said}`);
      return { ...failed(failure, said), ...(retryAfterMs !== undefined && { retryAt: now() + retryAfterMs }) };
    }
    const spent = spentOf(result.data);
    const said = jsonIn(withAtSigns(result.data.response));
    const value = said === undefined ? undefined : call.prompt.read(said);
    if (value === undefined) {
      const failure = whyUnreadable(result.data, call.mostOut);
      return failed(failure, result.data.error?.message ?? result.data.response, spent);
    }
    return { kind: "answered", value, model: answering(spent, call.model), spent };
  }
}

const noKey = "The Gemini CLI has no API key: set GEMINI_API_KEY.";

/** Another model may have answered than was asked; of several the last one. */
const answering = (spent: readonly Spent[], asked: string): string =>
  spent.some(({ model }) => model === asked) ? asked : (spent.at(-1)?.model ?? asked);

const variablesOf = ({ baseUrl }: GeminiCliOptions, apiKey: Secret): Readonly<Record<string, string>> => ({
  GEMINI_API_KEY: apiKey.reveal(),
  ...(baseUrl !== undefined && { GOOGLE_GEMINI_BASE_URL: baseUrl }),
  GEMINI_CLI_TRUST_WORKSPACE: "true",
  // Otherwise it starts itself a second time, with more memory.
  GEMINI_CLI_NO_RELAUNCH: "true",
  NO_COLOR: "1",
});

/** They take the place of its own, which make a coding agent of it. */
const instructionsOf = ({ prompt }: Call<unknown>): string =>
  [
    prompt.instructions,
    aboutAtSigns,
    "Answer with one JSON object and nothing else: no fence, and no words around it. It fits this JSON Schema:",
    JSON.stringify(prompt.schema),
  ].join("\n\n");
