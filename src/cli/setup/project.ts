import { join } from "node:path";
import { isTracked } from "./git.ts";
import { ownHandlers } from "./merge.ts";
import { readSettingsFile, type SettingsFile } from "./settings-file.ts";
import type { Wanted } from "./wanted.ts";

export const sharedName = ".claude/settings.json";
export const localName = ".claude/settings.local.json";

/** Where Claude Code looks for hooks, from a checkout. */
export interface Project {
  readonly root: string;
  /** Usually committed. */
  readonly shared: SettingsFile;
  /** Of this machine. */
  readonly local: SettingsFile;
  /** Of this account, in all its checkouts. */
  readonly user: SettingsFile | undefined;
  readonly isSharedTracked: boolean;
}

/** @param claudeFolder where Claude Code keeps what is of this account */
export function readProject(root: string, claudeFolder: string): Project {
  const userPath = join(claudeFolder, "settings.json");
  const sharedPath = join(root, sharedName);
  return {
    root,
    shared: readSettingsFile(sharedPath, sharedName),
    local: readSettingsFile(join(root, localName), localName),
    user: userPath === sharedPath ? undefined : readSettingsFile(userPath, userPath),
    isSharedTracked: isTracked(root, sharedName),
  };
}

export type Place = "shared" | "local";

export const nameOf = (place: Place): string => (place === "shared" ? sharedName : localName);

/**
 * Which file our hooks belong into. Paths of one machine in a file that everybody gets would stop the tools of everybody else, so a committed file
 * is left alone; unless somebody wants it so, or it leads to this installation already, as where all work in the same container.
 */
export function placeFor({ shared, local, isSharedTracked }: Project, wanted: Wanted, asked?: Place): Place {
  if (asked) return asked;
  if (ownCommands(local).length > 0) return "local";
  if (!isSharedTracked) return "shared";
  const commands = new Set([...wanted.values()].flatMap(({ hooks }) => hooks.map(({ command }) => command)));
  return ownCommands(shared).some((command) => commands.has(command)) ? "shared" : "local";
}

/** Whether a file that is written is nobody else's: the local one, and one that is made only for our paths, unless somebody wants it shared. */
export const isOfThisMachine = ({ shared }: Project, place: Place, asked?: Place): boolean =>
  place === "local" || (shared.text === undefined && asked === undefined);

export const ownCommands = ({ settings }: SettingsFile): readonly (string | undefined)[] =>
  Object.values(settings.hooks ?? {}).flatMap((groups) => ownHandlers(groups).map(({ handler }) => handler.command));
