import type { SpoolDestination } from "../../pipeline/sessions/drain.ts";
import type { Destination } from "../../pipeline/usage/import/destination.ts";

/** This machine's own ledger takes what was used; what else is told stays known where it happened, and nobody else wants to hear of it. */
export function spoolToOwnLedger(open: () => Promise<Destination>): SpoolDestination {
  let opened: Destination | undefined;
  return {
    async take(events) {
      const usages = events.flatMap((event) => (event.type === "usage" ? [event.usage] : []));
      if (usages.length > 0) {
        opened ??= await open();
        await opened.take(usages, []);
      }
      return events.map(() => "taken");
    },
    close: () => opened?.close(),
  };
}
