import { clipped } from "../../pipeline/logs/clipped.ts";
import type { Context } from "../context.ts";
import { deny, type HookModule, type SaidAt } from "../module.ts";
import { hasDangerWords } from "../shell/destruction/danger-words.ts";
import { destructionIn } from "../shell/destruction/destruction.ts";
import { groundOf } from "../shell/destruction/ground.ts";
import { isPlainlyHarmless } from "../shell/destruction/plain-text.ts";

// A guard: when it fails, the command is stopped.
export const destructiveCommand: HookModule<"pre-tool-use"> = {
  name: "destructive-command",
  summary:
    "Stops commands that would destroy what cannot be had again: folders outside of the project, disks, protected branches, databases.",
  isGuard: true,
  tools: ["Bash"],
  stops: () => "commands that destroy what cannot be had again (folders elsewhere, disks, protected branches, databases)",
  run: ({ tool_input: { command } }, context) =>
    typeof command === "string" && !isPlainlyHarmless(command) ? judged(command, context) : undefined,
};

async function judged(text: string, context: Context): Promise<SaidAt<"pre-tool-use"> | undefined> {
  const read = await context.commandsIn(text);
  const settings = context.settings.destructiveCommand;
  const found = destructionIn(read, groundOf(context, settings), settings.allow);
  if (found) {
    const { mask } = await import("../../pipeline/logs/mask.ts");
    const shown = clipped(mask(found.command, []).replace(/\s+/g, " "), 200);
    return deny(`${shown} would ${found.would}. ${found.instead}`);
  }
  if (read.problem === undefined || !hasDangerWords(text)) return undefined;
  return deny(
    `This cannot be read as a shell would read it (${read.problem}), and words stand in it with which things are destroyed. Run it in smaller steps; long text for a file is better written by the tool for files.`,
  );
}
