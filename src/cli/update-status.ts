import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { UserError } from "../errors.ts";

export const updateStatus = new Command("update-status")
  .description("Put a note into the status log of this checkout.")
  .argument("<text...>", "what happened; the first 500 characters are kept")
  .action(async (words: readonly string[]) => {
    const [{ openCheckout }, { secretsIn }, { newActivity }, { statusLogFolder, writeStatusLog }] = await Promise.all([
      import("./checkout.ts"),
      import("../hooks/secrets.ts"),
      import("../pipeline/sessions/new-activity.ts"),
      import("../machine/status-log/write.ts"),
    ]);
    const checkout = await openCheckout();
    try {
      const note = { id: randomUUID(), at: checkout.now(), kind: "note", text: words.join(" ") } as const;
      const activity = newActivity(note, checkout.origin(), secretsIn(checkout.variables));
      if (activity.text === "")
        throw new UserError("invalid", "bad_arguments", "Say what happened: nextrust update-status the toolchain is pinned");
      const journal = checkout.journal();
      journal.statusLog.add([activity]);
      const folder = statusLogFolder(checkout.place, checkout.settings);
      writeStatusLog(folder, journal, checkout.plan());
      process.stdout.write(`Noted in ${folder}: ${activity.text}\n`);
    } finally {
      checkout.close();
    }
  });
