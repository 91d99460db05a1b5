import { Command } from "commander";

interface Options {
  readonly dryRun?: true;
}

export const rotate = new Command("rotate")
  .description(
    "Move what is older than 30 days from the hook log and the status log of this checkout to their archives, and forget sessions that ended before.",
  )
  .option("--dry-run", "only say what would be moved")
  .action(async ({ dryRun }: Options) => {
    const [{ openCheckout }, { hookLogFolder }, machine, { renderRotated }] = await Promise.all([
      import("./checkout.ts"),
      import("../hooks/log/hook-log.ts"),
      import("../machine/rotation/rotate.ts"),
      import("./rotate/print.ts"),
    ]);
    const checkout = await openCheckout();
    try {
      const { place, settings } = checkout;
      const hookLogs = hookLogFolder(place.project);
      const given = { place, settings, hookLogs, plan: checkout.plan(), now: checkout.now(), isTried: dryRun === true };
      const rotated = machine.rotate(checkout.existingJournal(), given);
      process.stdout.write(renderRotated(rotated, { place, settings, hookLogs, isTried: dryRun === true }));
    } finally {
      checkout.close();
    }
  });
