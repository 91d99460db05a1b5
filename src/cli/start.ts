import { defineCommand } from "citty";

export const start = defineCommand({
  meta: { name: "start", description: "Run the bot; without any credentials, run it on a sandbox." },
  args: { role: { type: "string", description: "What this process does: all.", default: "all" } },
  async run({ args }) {
    const { CannotStart } = await import("../config/config.ts");
    if (args.role !== "all") {
      throw new CannotStart([
        `The role "${args.role}" needs state that machines share, which this version does not have. Start with --role all.`,
      ]);
    }
    await (await import("../start.ts")).start(process.env);
  },
});
