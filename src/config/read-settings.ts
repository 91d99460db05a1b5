import { existsSync } from "node:fs";
import { parseFile } from "./parse-file.ts";
import { usualSettingsFile } from "./present.ts";
import { readWholeFile } from "./read-whole-file.ts";
import { Settings } from "./settings.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Of a file of megabytes a hook would read for half a minute. */
const mostBytes = 512 << 10;

/**
 * Reads the settings file; the default one may be missing, a named one may not.
 *
 * @returns the settings, or the sentences that say what is wrong with the file and at which line and column
 */
export function readSettings(file: string | undefined): { settings: Settings } | { problems: string[] } {
  const path = file ?? usualSettingsFile;
  if (file === undefined && !existsSync(path)) return { settings: Settings.parse({}) };

  let text: string;
  try {
    text = readWholeFile(path, mostBytes);
  } catch (error) {
    return { problems: [`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = parseFile(path, text, Settings);
  return "problems" in parsed ? parsed : { settings: withPlaces(parsed.content, path, parsed.yaml) };
}

/** People who want to change a rule are told where it stands. */
function withPlaces(settings: Settings, path: string, yaml: YamlFile): Settings {
  const channels = settings.channels.map((channel, index) => {
    if (!channel.notify) return channel;
    const lineOf = (rule: number) => yaml.placeOf(["channels", index, "notify", rule]).split(":")[0];
    return { ...channel, notify: channel.notify.map((rule, at) => ({ ...rule, at: `${path}:${lineOf(at)}` })) };
  });
  return { ...settings, channels };
}
