import type { Command } from "../src/commands/command.ts";

/** What else there is to know about a command, a section for each: its role, whether it changes something, examples. */
export function commandDetails(commands: readonly Command[]): string {
  return commands.map(section).join("\n\n");
}

function section({ name, usage, summary, role, isMutating, examples }: Command): string {
  const typed = (args: string) => `\`/ci ${`${name} ${args}`.trim()}\``;
  const facts = [
    `Written: ${typed(usage)}`,
    `Role: ${role}`,
    `Changes something: ${isMutating ? "yes, so one person's uses are spaced by `cooldownSeconds`" : "no"}`,
    ...(examples.length > 0 ? [`For example: ${examples.map(typed).join(", ")}`] : []),
  ];
  return [`### ${name}`, "", summary, "", ...facts.map((fact) => `- ${fact}`)].join("\n");
}
