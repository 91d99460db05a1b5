import { UserError } from "../errors.ts";
import type { Command, Context } from "./command.ts";
import { nearest } from "./grammar/nearest.ts";

/**
 * Finds a command by its exact name.
 *
 * @throws UserError (invalid) that offers the nearest names of those that are offered here
 */
export function findCommand(name: string, { commands, prefix, isOffered }: Pick<Context, "commands" | "prefix" | "isOffered">): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;

  const near = nearest(
    name,
    commands.filter(isOffered).map((command) => command.name),
  );
  const offer = near.length === 0 ? "" : ` Did you mean ${near.map((each) => prefix + each).join(" or ")}?`;
  throw new UserError("invalid", "unknown_command", `There is no command "${name}".${offer}`, {
    actions: [{ label: "Show help", command: "help" }],
  });
}
