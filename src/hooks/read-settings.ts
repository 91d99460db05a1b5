import { type HookSettings, Hooks } from "../config/hooks.ts";
import { readSettings } from "../config/read-settings.ts";

/** Reads the whole file, so that what is wrong with it is told as the bot tells it. */
export function readHookSettings(
  path: string,
  isThere: boolean,
): { readonly settings: HookSettings; readonly problems: readonly string[] } {
  const usual = Hooks.parse({});
  if (!isThere) return { settings: usual, problems: [] };
  const read = readSettings(path);
  return "problems" in read ? { settings: usual, problems: read.problems } : { settings: read.settings.hooks, problems: [] };
}
