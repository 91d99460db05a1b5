import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { usualSettingsFile } from "../../config/present.ts";
import { UserError } from "../../errors.ts";
import type { HookTable } from "../../hooks/module.ts";
import { readHookSettings } from "../../hooks/read-settings.ts";
import { findInstallation } from "./installation.ts";
import { readProject } from "./project.ts";
import type { Given } from "./set-up-hooks.ts";
import { wantedHooks } from "./wanted.ts";

interface From extends Pick<Given, "terminal" | "claudeFolder" | "now"> {
  readonly root: string;
  /** As NEXTRUST_CONFIG names it. */
  readonly settingsFile: string | undefined;
  readonly table: HookTable;
  readonly isRemoval: boolean;
}

/** @throws UserError where the settings are broken: then nobody knows which modules are on */
export function givenFor({ root, settingsFile, table, isRemoval, ...rest }: From): Given {
  const project = readProject(root, rest.claudeFolder);
  // What is to go needs nothing that works.
  if (isRemoval) return { ...rest, project, wanted: new Map() };
  const path = resolve(root, settingsFile ?? usualSettingsFile);
  const { settings, problems } = readHookSettings(path, settingsFile !== undefined || existsSync(path));
  if (problems.length > 0) throw new UserError("invalid", "bad_settings", problems.join("\n"));
  const installation = findInstallation();
  return { ...rest, installation, project, wanted: wantedHooks(table, settings.off, installation) };
}
