import { randomUUID } from "node:crypto";
import type { SuccessArtefacts } from "../../config/hooks/success-artefacts.ts";
import { newActivity } from "../../pipeline/sessions/new-activity.ts";
import type { ActivityKind } from "../../pipeline/sessions/status-log.ts";
import type { Context } from "../context.ts";
import type { HookModule } from "../module.ts";
import { howItEnded } from "../output/how-it-ended.ts";
import type { ToolPayload } from "../payload.ts";
import { secretsIn } from "../secrets.ts";
import { type ShellCommand, written } from "../shell/command.ts";
import { gitCallOf } from "../shell/git.ts";
import { recognise } from "../shell/recognise.ts";

const name = "status-update";
const summary = "Notes builds, tests, commits and pushes, and how they ended, for the status log.";
const tools = ["Bash"];

export const statusUpdate: HookModule<"post-tool-use"> = {
  name,
  summary,
  tools,
  run: (payload, context) =>
    note(payload, context, (isLast) => {
      const end = howItEnded(payload);
      if (end !== "by itself") return end === "goes on" ? "began" : "was interrupted";
      return isLast ? "passed" : "ran";
    }),
};

export const statusUpdateOfFailure: HookModule<"post-tool-use-failure"> = {
  name,
  summary,
  tools,
  run: (payload, context) =>
    note(payload, context, (isLast) => {
      if (payload.is_interrupt) return "was interrupted";
      return `${isLast ? "failed" : "it, or what came with it, failed"} (${payload.error.split("\n", 1)[0]?.slice(0, 100)})`;
    }),
};

/** @param endOf how it ended; the shell tells only of the last command that runs by itself */
async function note({ tool_input: { command }, tool_use_id: id }: ToolPayload, context: Context, endOf: (isLast: boolean) => string) {
  if (typeof command !== "string") return undefined;
  const { commands } = await context.commandsIn(command);
  const found = commands.flatMap((one) => {
    const kind = kindOf(one, context.settings.successArtefacts);
    return kind ? [{ kind, command: one }] : [];
  });
  const last = found.at(-1);
  if (!last) return undefined;
  const isLast = last.command === commands.at(-1) && !last.command.isParallel;
  const what = found.map((one) => written(one.command)).join("; ");
  const activity = { id: id ?? randomUUID(), at: context.now(), kind: last.kind, text: `${endOf(isLast)}: ${what}` };
  context.journal().statusLog.add([newActivity(activity, context.origin(), secretsIn(context.variables))]);
  return undefined;
}

function kindOf(command: ShellCommand, { commands: own }: SuccessArtefacts): ActivityKind | undefined {
  const subcommand = gitCallOf(command)?.subcommand;
  if (subcommand === "commit" || subcommand === "push") return subcommand;
  const kind = recognise(command, own)?.kind;
  return kind === "release" ? undefined : kind;
}
