import { type HookEvent, hookEvents } from "../src/hooks/events.ts";
import type { HookTable } from "../src/hooks/module.ts";
import { markdownTable } from "./markdown-table.ts";

/** What hooks do, a row for each module. */
export function hookTable(table: HookTable): string {
  const entries = (Object.keys(hookEvents) as HookEvent[]).flatMap((event) =>
    table[event].map(({ name, summary, isGuard }) => ({ event, name, summary, isGuard: isGuard === true })),
  );
  const byName = Map.groupBy(entries, ({ name }) => name);
  const rows = [...byName]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, [first, ...others]]) => [
      `\`${name}\`${first?.isGuard ? " (guard)" : ""}`,
      [first, ...others].map((entry) => `\`${entry?.event}\``).join(", "),
      first?.summary ?? "",
    ]);
  return markdownTable(["Module", "At", "What it does"], rows);
}
