import { existsSync, readFileSync } from "node:fs";
import type { z } from "zod";
import { mistakeInWords } from "./mistake-in-words.ts";
import { Settings } from "./settings.ts";
import { parseYaml, type YamlFile } from "./yaml-file.ts";

const defaultFile = "config/nextrust.yml";

/**
 * Reads the settings file; the default one may be missing, a named one may not.
 *
 * @returns the settings, or the sentences that say what is wrong with the file and at which line and column
 */
export function readSettings(file: string | undefined): { settings: Settings } | { problems: string[] } {
  const path = file ?? defaultFile;
  if (file === undefined && !existsSync(path)) return { settings: Settings.parse({}) };

  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { problems: [`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const yaml = parseYaml(text);
  if (yaml.mistakes.length > 0) return { problems: yaml.mistakes.map(({ place, message }) => `${path}:${place}: ${message}`) };
  const parsed = Settings.safeParse(yaml.content ?? {}, { error: mistakeInWords });
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, yaml)).toSorted(inReadingOrder);
    return { problems: problems.map(({ place, sentence }) => `${path}:${place}: ${sentence}`) };
  }
  return { settings: withPlaces(parsed.data, path, yaml) };
}

interface Problem {
  /** `12:5` */
  readonly place: string;
  readonly sentence: string;
}

const inReadingOrder = (one: Problem, other: Problem): number => one.place.localeCompare(other.place, "en", { numeric: true });

function problemsOf(issue: z.core.$ZodIssue, yaml: YamlFile): Problem[] {
  const steps = issue.path.filter((step) => typeof step !== "symbol");
  const name = steps.length === 0 ? "the file" : steps.join(".");
  if (issue.code !== "unrecognized_keys") return [{ place: yaml.placeOf(steps), sentence: `${name}: ${issue.message}` }];
  return issue.keys.map((key) => ({ place: yaml.placeOf([...steps, key], "key"), sentence: `${name}: Unrecognized key: "${key}"` }));
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
