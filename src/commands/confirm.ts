import { defineCommand } from "./command.ts";

export const confirm = defineCommand({
  name: "confirm",
  usage: "<code>",
  summary: "Go on with a command that asked you first, within 10 minutes.",
  examples: [{ args: "K7QM2X", does: "agree to what the bot asked you about under this code" }],
  role: "any",
  parse: (args) => args.word("the code that I gave you"),
  run: (code, context) => context.confirmed(code),
});
