import { defineCommand, runCommand, showUsage } from "citty";
import { subCommands } from "./cli/index.ts";
import { CannotStart } from "./config/config.ts";
import { ServiceError, UserError } from "./errors.ts";

const nextrust = defineCommand({
  meta: { name: "nextrust", description: "A chat-ops bot for a CI pipeline in which AI does much of the work." },
  subCommands,
});

/** What a person can mend is told in sentences; only a bug shows its stack. */
function explain(error: unknown): string {
  if (error instanceof CannotStart && error.problems.length > 1)
    return `nextrust cannot start:\n${error.problems.map((problem) => `- ${problem}`).join("\n")}`;
  if (error instanceof CannotStart || error instanceof UserError || error instanceof ServiceError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  const rawArgs = process.argv.slice(2);
  if (rawArgs.length === 0 || rawArgs[0] === "--help" || rawArgs[0] === "-h") await showUsage(nextrust);
  else await runCommand(nextrust, { rawArgs });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
