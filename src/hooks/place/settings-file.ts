import { resolve } from "node:path";
import { usualSettingsFile } from "../../config/present.ts";

/** The settings file of a checkout. */
export const settingsFileOf = (project: string, variables: Readonly<Record<string, string | undefined>>): string =>
  resolve(project, variables.NEXTRUST_CONFIG || usualSettingsFile);
