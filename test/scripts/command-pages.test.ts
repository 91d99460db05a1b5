import { describe, expect, it } from "vitest";
import { commandDetails } from "../../scripts/command-details.ts";
import { commandTable } from "../../scripts/command-table.ts";
import { type Command, defineCommand, noArguments } from "../../src/commands/command.ts";
import { done, text } from "../../src/reply.ts";

const reset = defineCommand({
  name: "reset",
  usage: "<name> | --all",
  summary: "Begin again.",
  examples: [
    { args: "", does: "one" },
    { args: "--all", does: "all | of them" },
  ],
  role: "write",
  isMutating: true,
  parse: noArguments,
  run: async () => done("reset", text("Reset.")),
}) as Command;
const { isMutating: _, ...lookAgain } = { ...reset, name: "look", usage: "", examples: [] };

describe("the pages about commands", () => {
  it("have a row for each, its bars escaped", () => {
    expect(commandTable([lookAgain, reset]).split("\n").slice(2)).toEqual([
      "| `look` | write | Begin again. |",
      "| `reset <name> \\| --all` | write | Begin again. |",
    ]);
  });

  it("have a section for each, with what it asks for and what it does", () => {
    expect(commandDetails([lookAgain, reset])).toBe(
      `### look

Begin again.

- Written: \`/ci look\`
- Role: write
- Changes something: no

### reset

Begin again.

- Written: \`/ci reset <name> | --all\`
- Role: write
- Changes something: yes, so one person's uses are spaced by \`cooldownSeconds\`

| For example | What it does |
| --- | --- |
| \`/ci reset\` | one |
| \`/ci reset --all\` | all \\| of them |`,
    );
  });
});
