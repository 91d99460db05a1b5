import { UserError } from "../errors.ts";
import { nearest } from "../pipeline/nearest.ts";
import type { Action } from "../reply.ts";
import type { Command, Context } from "./command.ts";

export type KnownCommands = Pick<Context, "commands" | "prefix" | "isOffered" | "may">;

const mostOffers = 3;
const mostButtons = 2;

/**
 * Finds a command by its exact name.
 *
 * @param retype the whole command, with another name in the place of the one that was typed
 * @throws UserError (invalid) that offers the nearest names of those that are offered here, those first that this person may use
 */
export async function findCommand(
  name: string,
  { commands, prefix, isOffered, may }: KnownCommands,
  retype: (name: string) => string,
): Promise<Command> {
  const found = commands.find((command) => command.name === name);
  if (found) return found;

  const near = nearest(
    name,
    commands.filter(isOffered).map((command) => command.name),
    commands.length,
  ).flatMap((each) => commands.find((command) => command.name === each) ?? []);
  const verdicts = await Promise.all(near.map(async (command) => ({ name: command.name, isAllowed: (await may(command)).isAllowed })));
  const allowed = verdicts.filter(({ isAllowed }) => isAllowed).map((each) => each.name);
  const others = verdicts.filter(({ isAllowed }) => !isAllowed).map((each) => each.name);
  const offered = [...allowed, ...others].slice(0, mostOffers);

  const offer = offered.length === 0 ? "" : ` Did you mean ${offered.map((each) => prefix + each).join(" or ")}?`;
  // The click is a command like any other: role, cooldown and confirmation are asked for again.
  const retyped = allowed.slice(0, mostButtons).map((each): Action => ({ label: retype(each), command: retype(each) }));
  throw new UserError("invalid", "unknown_command", `There is no command "${name}".${offer}`, {
    actions: [...retyped, { label: "Show help", command: "help" }],
  });
}
