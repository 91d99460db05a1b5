import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";
import { nearest } from "./grammar/nearest.ts";

/**
 * Finds a command by its exact name.
 *
 * @throws UserError (invalid) that offers the nearest names
 */
export function findCommand(name: string, { commands, prefix }: { commands: readonly Command[]; prefix: string }): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;

  const near = nearest(
    name,
    commands.map((command) => command.name),
  );
  const offer = near.length === 0 ? "" : ` Did you mean ${near.map((each) => prefix + each).join(" or ")}?`;
  throw new UserError("invalid", "unknown_command", `There is no command "${name}".${offer}`, {
    actions: [{ label: "Show help", command: "help" }],
  });
}
