import { Command, CommanderError } from "commander";
import { CannotStart } from "../config/cannot-start.ts";
import { ServiceError, UserError } from "../errors.ts";
import { subcommands } from "./index.ts";
import { versionInWords } from "./version.ts";

const nextrust = new Command("nextrust")
  .description("A chat-ops bot for a CI pipeline in which AI does much of the work.")
  .version(versionInWords, "--version", "print the version")
  .helpCommand(false);
for (const subcommand of subcommands) nextrust.addCommand(subcommand.exitOverride().showHelpAfterError("Try --help."));
nextrust.exitOverride().showHelpAfterError("Try --help.");

/** What a person can mend is told in sentences; only a bug shows its stack. */
function explain(error: unknown): string {
  if (error instanceof CannotStart && error.problems.length > 1) {
    return `nextrust cannot start:\n${error.problems.map((problem) => `- ${problem}`).join("\n")}`;
  }
  if (error instanceof CannotStart || error instanceof UserError || error instanceof ServiceError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Whoever reads only the beginning, as in `nextrust audit | head`, closes the pipe.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  const words = process.argv.slice(2);
  if (words.length === 0) nextrust.outputHelp();
  else await nextrust.parseAsync(words, { from: "user" });
} catch (error) {
  // Commander has told its own errors, and the help that was asked for, already.
  if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
}
