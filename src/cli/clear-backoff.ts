import { Command } from "commander";

export const clearBackoff = new Command("clear-backoff")
  .description("Let hooks ask for help and try again at the commit that is checked out here, after they gave up on it.")
  .action(async () => {
    const [{ openCheckout }, { shortSha }] = await Promise.all([import("./checkout.ts"), import("../pipeline/next-step.ts")]);
    const checkout = await openCheckout();
    try {
      const sha = checkout.head()?.sha;
      const times = checkout.existingJournal()?.backoff.clear(sha ?? "") ?? 0;
      const commit = sha === undefined ? "the work here" : shortSha(sha);
      if (times === 0) process.stdout.write(`Nothing stands against ${commit}: nothing was tried in vain.\n`);
      else process.stdout.write(`${commit} may be tried again: ${times} ${times === 1 ? "try is" : "tries are"} forgotten.\n`);
    } finally {
      checkout.close();
    }
  });
