import type { Command } from "../src/commands/command.ts";

/** The most that Slack takes in a manifest, in characters. */
const mostCharacters = 1_000;

const more = " | …";

/** What Slack shows while somebody types the command: whole commands only, and "…" where they do not all fit. Help comes first, it knows the rest. */
export function usageHint(commands: readonly Pick<Command, "name" | "usage">[]): string {
  const helpFirst = commands.toSorted((one, other) => Number(other.name === "help") - Number(one.name === "help"));
  const [first = "", ...others] = helpFirst.map(({ name, usage }) => `${name} ${usage}`.trim());

  let hint = first;
  for (const [index, command] of others.entries()) {
    const longer = `${hint} | ${command}`;
    const isLast = index === others.length - 1;
    if ([...longer].length + (isLast ? 0 : more.length) > mostCharacters) return hint + more;
    hint = longer;
  }
  return hint;
}
