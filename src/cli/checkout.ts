import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { journalFileIn, usualSettingsFile } from "../config/present.ts";
import { UserError } from "../errors.ts";
import type { Context } from "../hooks/context.ts";
import { createContext } from "../hooks/create-context.ts";
import { findGit } from "../hooks/place/git-head.ts";
import { placeOf } from "../hooks/place/place.ts";
import { settingsOf } from "../hooks/settings.ts";
import type { Journal } from "../pipeline/sessions/journal.ts";

/** What hooks have of a checkout, for a terminal. */
export interface Checkout extends Omit<Context, "commandsIn" | "journal" | "note" | "signal" | "stops"> {
  /** Made where it is missing. */
  journal(): Journal;
  /** undefined where nothing is recorded yet. */
  existingJournal(): Journal | undefined;
  close(): void;
}

/**
 * Opens the checkout around the working directory, as hooks do.
 *
 * @throws UserError where there is none
 */
export async function openCheckout(): Promise<Checkout> {
  const variables = process.env;
  const cwd = process.cwd();
  const place = placeOf(cwd, variables);
  if (!variables.CLAUDE_PROJECT_DIR && !findGit(cwd) && !existsSync(place.dataDir)) {
    const sentence = `${cwd} is in no checkout of git, and nothing is recorded for it. Go to the checkout that you mean, and try again.`;
    throw new UserError("not_applicable", "no_checkout", sentence);
  }
  const settingsFile = variables.NEXTRUST_CONFIG || undefined;
  const found = await settingsOf({ ...place, file: settingsFile });
  const session = variables.CLAUDE_CODE_SESSION_ID || undefined;
  const context = createContext(session, { ...found, place, stops: () => [], variables, note: () => {} });
  const existingJournal = () => (existsSync(journalFileIn(place.dataDir)) ? context.journal() : undefined);
  return { ...context, existingJournal };
}

/** Where the settings file is for a command: that of the working directory, or else that of the checkout around it. */
export function settingsFileFor(named: string | undefined): string | undefined {
  if (named !== undefined || existsSync(usualSettingsFile)) return named;
  const root = findGit(process.cwd())?.root;
  return root === undefined ? undefined : resolve(root, usualSettingsFile);
}
