import { join } from "node:path";

/** The variables that are set: a blank one counts as absent, and the line's end that a secret store leaves behind a value is none of it. */
export type Present = Readonly<Record<string, string | undefined>>;

export const presentIn = (variables: NodeJS.ProcessEnv): Present =>
  Object.fromEntries(
    Object.entries(variables)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value !== ""),
  );

export const usualDataDir = ".nextrust";
export const usualSettingsFile = "config/nextrust.yml";

/** Where a bot with credentials keeps its state. */
export const stateFileIn = (dataDir = usualDataDir): string => join(dataDir, "nextrust.db");

/** Where the hooks of a checkout keep what they remember. */
export const journalFileIn = (dataDir: string): string => join(dataDir, "hooks.db");
