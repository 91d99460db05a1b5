import { existsSync } from "node:fs";
import type { Budgets } from "../config/budgets.ts";
import { usualSettingsFile } from "../config/present.ts";
import { UserError } from "../errors.ts";

/**
 * What the settings say of money. They take longer to load than most commands take: they are read only where there are any.
 *
 * @param file as NEXTRUST_CONFIG names it
 * @throws UserError with what is wrong with the file
 */
export async function moneyOf(file: string | undefined): Promise<Budgets> {
  if (file === undefined && !existsSync(usualSettingsFile)) return { zone: "UTC" };
  const read = (await import("../config/read-settings.ts")).readSettings(file);
  if ("problems" in read) throw new UserError("invalid", "bad_settings", read.problems.join("\n"));
  return read.settings.budgets;
}
