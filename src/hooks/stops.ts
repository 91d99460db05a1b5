import type { Context } from "./context.ts";
import type { HookTable } from "./module.ts";

/** What guards stop before a tool runs, without those that are switched off. */
export const stopsIn = (table: HookTable, context: Context): readonly string[] =>
  table["pre-tool-use"].flatMap(({ name, stops }) => (context.settings.off.includes(name) ? [] : (stops?.(context) ?? [])));
