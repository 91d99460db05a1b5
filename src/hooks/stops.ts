import type { HookSettings } from "../config/hooks.ts";
import type { HookTable } from "./module.ts";

/** What guards stop before a tool runs, a half-sentence each, without what is switched off. */
export const stopsIn = (table: HookTable, settings: HookSettings): readonly string[] =>
  table["pre-tool-use"].flatMap(({ name, stops }) => (settings.off.includes(name) ? [] : (stops?.(settings) ?? [])));
