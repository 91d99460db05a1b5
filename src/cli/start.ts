import { Command } from "commander";

export const start = new Command("start")
  .description("Run the bot; without any credentials, run it on a sandbox.")
  .option("--role <role>", "what this process does: all", "all")
  .action(async ({ role }: { role: string }) => {
    const { CannotStart } = await import("../config/cannot-start.ts");
    if (role !== "all") {
      throw new CannotStart([
        `The role "${role}" needs state that machines share, which this version does not have. Start with --role all.`,
      ]);
    }
    await (await import("../start.ts")).start(process.env);
  });
