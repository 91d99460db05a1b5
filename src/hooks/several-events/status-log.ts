import type { Context } from "../context.ts";
import type { HookModule } from "../module.ts";

const name = "status-log";
const summary = "Writes what was noted into `pipeline-log.json` and `pipeline-log.md` where that has changed.";

export const statusLog: HookModule<"stop"> = { name, summary, run: (_, context) => write(context) };

export const statusLogAtEnd: HookModule<"session-end"> = { name, summary, run: (_, context) => write(context) };

async function write(context: Context): Promise<undefined> {
  const { statusLogFolder, writeStatusLog } = await import("../../machine/status-log/write.ts");
  writeStatusLog(statusLogFolder(context.place, context.settings), context.journal(), context.plan());
}
