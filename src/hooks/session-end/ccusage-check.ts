import type { HookModule } from "../module.ts";

export const ccusageCheck: HookModule<"session-end"> = {
  name: "ccusage-check",
  summary: "Compares what was read of the session with what ccusage reads, where it is installed, and explains what differs.",
  async run({ session_id: id }, context) {
    const session = id === undefined ? undefined : context.journal().sessions.find(id);
    if (session?.state === "final" && session.ccusage === undefined)
      await (await import("../ccusage/check-at-end.ts")).checkAtEnd(session, context);
    return undefined;
  },
};
