import { toPlan } from "../config/configured-phases.ts";
import { Hooks } from "../config/hooks.ts";
import { readSettings } from "../config/read-settings.ts";

import type { FoundSettings } from "./settings.ts";

/** Reads the whole file, so that what is wrong with it is told as the bot tells it. */
export function readHookSettings(path: string, isThere: boolean): FoundSettings {
  const usual = { settings: Hooks.parse({}), plans: [], problems: [] };
  if (!isThere) return usual;
  const read = readSettings(path);
  if ("problems" in read) return { ...usual, problems: read.problems };
  return { settings: read.settings.hooks, plans: read.settings.phases.map(toPlan), problems: [] };
}
