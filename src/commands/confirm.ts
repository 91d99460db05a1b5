import { defineCommand } from "./command.ts";

export const confirm = defineCommand({
  name: "confirm",
  usage: "<code>",
  summary: "Go on with a command that asked you first, within 10 minutes.",
  examples: ["K7QM2X"],
  role: "any",
  parse: (args) => args.word("the code that I gave you"),
  run: (code, context) => context.confirmed(code),
});
