import type { Command } from "../src/commands/command.ts";
import { markdownTable } from "./markdown-table.ts";

/** The commands as a Markdown table, for people who read before they type. */
export function commandTable(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, role, summary }) => [`\`${`${name} ${usage}`.trim()}\``, role, summary]);
  return markdownTable(["Command", "Role", "What it does"], rows);
}
