import type { Command } from "../src/commands/command.ts";

/** The commands as a Markdown table, for people who read before they type. */
export function commandTable(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, role, summary }) => {
    const typed = `${name} ${usage}`.trim().replaceAll("|", "\\|");
    return `| \`${typed}\` | ${role} | ${summary} |`;
  });
  return ["| Command | Role | What it does |", "| --- | --- | --- |", ...rows].join("\n");
}
