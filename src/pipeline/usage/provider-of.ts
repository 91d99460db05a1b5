import type { Provider } from "./usage.ts";

/** Whose model it is, as far as its name says. */
export function providerOf(name: string): Provider | undefined {
  return byName.find(([pattern]) => pattern.test(name))?.[1];
}

const byName: readonly (readonly [RegExp, Provider])[] = [
  [/^claude-/, "anthropic"],
  [/^(?:o\d|gpt-|chatgpt-|codex-)/, "openai"],
  [/^gemini-/, "google"],
];
