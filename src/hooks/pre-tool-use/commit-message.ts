import { clipped } from "../../pipeline/logs/clipped.ts";
import { matchesAnyGlob } from "../../pipeline/policy/glob.ts";
import type { Context } from "../context.ts";
import { deny, type HookModule, type Said } from "../module.ts";
import { branchOf } from "../place/branch-of.ts";
import { commandsIn } from "../shell/commands.ts";
import { messageOf, unknownPart } from "../shell/commit/message.ts";
import { exampleFor, problemsOf } from "../shell/commit/rules.ts";
import { branchBefore, gitCallOf } from "../shell/git.ts";
import { surroundingsOf } from "../shell/surroundings.ts";

export const commitMessage: HookModule<"pre-tool-use"> = {
  name: "commit-message",
  summary: "Stops a commit whose message is no Conventional Commit, too short or too long, or work in progress on a protected branch.",
  tools: ["Bash"],
  stops({ settings: { commitMessage: settings } }) {
    const example = exampleFor(settings);
    return example && `commits whose subject is no Conventional Commit, such as “${example}”`;
  },
  // Most commands are no commit, and need not be read for it.
  run: ({ tool_input: { command } }, context) =>
    typeof command === "string" && /\bcommit\b/.test(command) ? judged(command, context) : undefined,
};

async function judged(text: string, context: Context): Promise<Said | undefined> {
  const settings = context.settings.commitMessage;
  const { commands, problem } = await commandsIn(text, surroundingsOf(context));
  // Of a text that is not understood no message is known.
  if (problem !== undefined) return undefined;
  for (const [index, command] of commands.entries()) {
    const call = gitCallOf(command);
    if (call?.subcommand !== "commit") continue;
    const before = commands.slice(0, index);
    const subject = messageOf(call, command, before)?.split("\n", 1)[0];
    if (subject === undefined) continue;
    const branch = branchBefore(before, call.folder) ?? branchOf(call.folder);
    const isProtected = branch !== undefined && matchesAnyGlob(settings.protectedBranches, branch);
    const problems = problemsOf(subject, settings, isProtected ? branch : undefined);
    if (problems.length === 0) continue;
    const { mask } = await import("../../pipeline/logs/mask.ts");
    const shown = clipped(mask(subject, []).replaceAll(unknownPart, "…"), 120);
    const example = exampleFor(settings);
    return deny(`The commit's subject is “${shown}”. ${problems.join(" ")}${example ? ` One that would pass: ${example}` : ""}`);
  }
  return undefined;
}
