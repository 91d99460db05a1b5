import type { ModelState } from "../pipeline/ai/provider.ts";
import { runTool } from "./run-tool.ts";

export interface LookAt {
  readonly command: string;
  readonly path: string;
  /** `The Gemini CLI` */
  readonly name: string;
  /** `Install it: npm install --global …` */
  readonly howToGet: string;
  readonly signal: AbortSignal;
}

/** Asks a tool for its version, which spends nothing. @returns what is wrong with it and what to do, in sentences; undefined where nothing is */
export async function problemOfTool({ command, path, name, howToGet, signal }: LookAt): Promise<string | undefined> {
  const end = await runTool({ command, path, args: () => ["--version"], variables: () => ({}), input: "", signal });
  if (end.how === "missing") return `${name} is not there. ${howToGet}`;
  if (end.how === "aborted") return `${name} did not say its version in time.`;
  if (end.how === "ended" && end.code === 0 && /\d+\.\d+\.\d+/.test(end.stdout)) return undefined;
  return `${name} does not start. ${howToGet}`;
}

/** A tool knows nothing of its models before it asks them. */
export const unknownStates = (models: readonly string[], problem: string | undefined): readonly ModelState[] =>
  models.map((model) => ({ model, state: "unknown", ...(problem !== undefined && { problem }) }));
