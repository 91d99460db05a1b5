import { createInterface } from "node:readline/promises";
import type { ReadStream, WriteStream } from "node:tty";
import { printable } from "../../bot/render/printable.ts";

/** Where a person may sit. */
export interface Terminal {
  /** Whether somebody can be asked. */
  readonly isInteractive: boolean;
  print(text: string): void;
  /** @returns what was typed; nothing when the input ends */
  ask(question: string): Promise<string>;
}

/** What others wrote into their settings is printed, so nothing in it may steer the terminal. */
export function terminalOf(input: ReadStream, output: WriteStream): Terminal {
  return {
    isInteractive: input.isTTY === true && output.isTTY === true,
    print: (text) => output.write(printable(text)),
    async ask(question) {
      const lines = createInterface({ input, output });
      // The terminal is put right first.
      lines.once("SIGINT", () => {
        lines.close();
        process.kill(process.pid, "SIGINT");
      });
      try {
        const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
        return await Promise.race([lines.question(question), ended]);
      } finally {
        lines.close();
      }
    },
  };
}
