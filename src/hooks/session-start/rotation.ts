import { hookLogFolder } from "../log/hook-log.ts";
import type { HookModule } from "../module.ts";

const dayMs = 24 * 60 * 60_000;
const key = "rotation";

export const rotation: HookModule<"session-start"> = {
  name: "rotation",
  summary:
    "Moves what is older than 30 days from the hook log and the status log to their archives, and forgets sessions that ended before, at most once a day.",

  async run(_, context) {
    const { place, settings } = context;
    const journal = context.journal();
    const now = context.now();
    if (!journal.once.take(key, dayMs, now)) return undefined;
    try {
      const { rotate } = await import("../../machine/rotation/rotate.ts");
      const moved = rotate(journal, { place, settings, hookLogs: hookLogFolder(place.project), plan: context.plan(), now });
      const activities = moved.activities.reduce((sum, one) => sum + one.activities, 0);
      if (moved.hookLogs.length + activities > 0) context.note("rotated", { hookLogs: moved.hookLogs.length, activities });
    } catch (error) {
      journal.once.giveBack(key);
      throw error;
    }
    return undefined;
  },
};
