import type { Command } from "../src/commands/command.ts";
import { markdownTable } from "./markdown-table.ts";

/** What else there is to know about a command, a section for each: its role, whether it changes something, where it is hidden, examples. */
export function commandDetails(commands: readonly Command[]): string {
  return commands.map(section).join("\n\n");
}

function section({ name, usage, summary, role, isMutating, isOffered, ask, examples }: Command): string {
  const typed = (args: string) => `\`/ci ${`${name} ${args}`.trim()}\``;
  const facts = [
    `Written: ${typed(usage)}`,
    `Role: ${role}`,
    `Changes something: ${isMutating ? "yes, so one person's uses are spaced by `cooldownSeconds`" : "no"}`,
    ...(ask ? ["Asks first: it shows what it would do, and does it when the same person confirms within 10 minutes"] : []),
    ...(isOffered ? ["Stands in help and suggestions only where `config/nextrust.yml` gives it something to work on"] : []),
  ];
  const shown = examples.map(({ args, does }) => [typed(args), does]);
  const table = shown.length > 0 ? ["", markdownTable(["For example", "What it does"], shown)] : [];
  return [`### ${name}`, "", summary, "", ...facts.map((fact) => `- ${fact}`), ...table].join("\n");
}
