import type { Terminal } from "../../../src/cli/setup/terminal.ts";

/** A terminal where somebody types these answers; nobody sits there without any. */
export function aTerminal(...answers: readonly string[]): Terminal & { printed(): string; readonly asked: readonly string[] } {
  let printed = "";
  const asked: string[] = [];
  return {
    isInteractive: answers.length > 0,
    print(text) {
      printed += text;
    },
    async ask(question) {
      asked.push(question);
      return answers[asked.length - 1] ?? "";
    },
    printed: () => printed,
    asked,
  };
}
