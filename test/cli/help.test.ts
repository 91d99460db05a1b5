import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { subcommands } from "../../src/cli/index.ts";

const all = (commands: readonly Command[]): readonly Command[] => commands.flatMap((command) => [command, ...all(command.commands)]);

const nameOf = (command: Command): string => (command.parent?.name() ? `${nameOf(command.parent)} ${command.name()}` : command.name());

describe("the help of a terminal's commands", () => {
  it.each(all(subcommands).map((command) => [nameOf(command), command] as const))("is shown for %s", (_, command) => {
    const help = command.helpInformation();

    expect(help).toContain("Usage: ");
    // What is kept in other units than people type is shown as they type it.
    expect(help).not.toMatch(/default: \d{5,}/);
    expect(Math.max(...help.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
