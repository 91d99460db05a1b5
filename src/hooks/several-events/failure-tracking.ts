import type { HookModule } from "../module.ts";

const name = "failure-tracking";
const summary = "Counts how often a command, or the reading or writing of a file, failed at a commit since it last passed there.";

export const failureTracking: HookModule<"post-tool-use-failure"> = {
  name,
  summary,

  async run(payload, context) {
    const { countFailure } = await import("../failures/count.ts");
    await countFailure(payload, context);
    return undefined;
  },
};

/** What passed is forgotten. */
export const successTracking: HookModule<"post-tool-use"> = {
  name,
  summary,

  async run(payload, context) {
    const commit = context.head()?.sha ?? "";
    if (!context.journal().failures.hasAny(commit)) return undefined;
    const { forgetFailures } = await import("../failures/count.ts");
    forgetFailures(payload, commit, context);
    return undefined;
  },
};
