import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type HookEvent, isHookEvent } from "../../hooks/events.ts";
import type { Installation } from "./installation.ts";

/**
 * What Claude Code runs at an event, for a POSIX shell: paths alone, so that no PATH matters. On Windows that shell is Git Bash, which takes
 * slashes.
 */
export const hookCommand = (event: HookEvent, { node, main }: Installation): string => `${quoted(node)} ${quoted(main)} hook ${event}`;

const quoted = (path: string): string => {
  const slashed = process.platform === "win32" ? path.replaceAll("\\", "/") : path;
  return `'${slashed.replaceAll("'", `'\\''`)}'`;
};

/** A command of ours, whoever wrote it and wherever it leads. */
export interface OwnCommand {
  readonly event: HookEvent;
  /** Absent where somebody wrote it by hand and it is found by name. */
  readonly installation?: Installation;
}

const word = String.raw`('(?:[^']|'\\'')+')`;
const written = new RegExp(`^${word} ${word} hook ([a-z-]+)$`);
const byHand = /(?:^|[\s/\\'"])nextrust(?:\.js|\.cmd)?['"]? hook ([a-z-]+)$/;

/** @returns undefined for a command of others */
export function readOwnCommand(command: unknown): OwnCommand | undefined {
  if (typeof command !== "string" || command.length > mostCharacters) return undefined;
  const [, node = "", main = "", event = ""] = written.exec(command.trim()) ?? [];
  if (isHookEvent(event) && isOurs(unquoted(main))) return { event, installation: { node: unquoted(node), main: unquoted(main) } };
  const named = byHand.exec(command.trim())?.[1] ?? "";
  return isHookEvent(named) ? { event: named } : undefined;
}

const mostCharacters = 10_000;

const unquoted = (text: string): string => text.slice(1, -1).replaceAll(`'\\''`, "'");

/** One that is gone can be asked no more; nobody else is likely to have written such a command. */
function isOurs(main: string): boolean {
  if (!/[/\\]dist[/\\]main\.js$/.test(main)) return false;
  try {
    return JSON.parse(readFileSync(join(dirname(dirname(main)), "package.json"), "utf8")).name === "nextrust";
  } catch {
    return true;
  }
}
