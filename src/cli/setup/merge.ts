import { readOwnCommand } from "./command.ts";
import type { Group, Handler, Wanted } from "./wanted.ts";

/** The hooks of a settings file of Claude Code, as far as we look at them; what else stands there is kept. */
export interface ClaudeSettings {
  readonly hooks?: Readonly<Record<string, readonly Group[]>>;
  readonly disableAllHooks?: boolean;
}

/**
 * Puts our hooks in, each in the place of an earlier one of ours, whatever path that had, and takes out those that are not wanted any more. What
 * others wrote stays as and where it is.
 */
export function mergeHooks(settings: ClaudeSettings, wanted: Wanted): ClaudeSettings {
  const { hooks: before = {}, ...rest } = settings;
  const events = [...new Set([...Object.keys(before), ...wanted.keys()])];
  const after = events.flatMap((event) => {
    const groups = mergeGroups(before[event] ?? [], wanted.get(event));
    // An event that others left empty is theirs.
    return groups.length > 0 || before[event]?.length === 0 ? [[event, groups] as const] : [];
  });
  if (after.length === 0 && Object.keys(before).length > 0) return rest;
  if (settings.hooks === undefined && after.length === 0) return settings;
  // Spread keeps the place of the key in the file.
  return { ...settings, hooks: Object.fromEntries(after) };
}

function mergeGroups(groups: readonly Group[], wanted: Group | undefined): readonly Group[] {
  let missing = wanted;
  const merged = groups.flatMap((group) => {
    const others = group.hooks.filter((handler) => !isOwn(handler));
    if (others.length === group.hooks.length) return [group];
    const own = missing ? [missing] : [];
    missing = undefined;
    return others.length > 0 ? [{ ...group, hooks: others }, ...own] : own;
  });
  return missing ? [...merged, missing] : merged;
}

const isOwn = ({ command }: Handler): boolean => readOwnCommand(command) !== undefined;

/** Our handlers of an event, each with its group. */
export const ownHandlers = (groups: readonly Group[]): readonly { readonly group: Group; readonly handler: Handler }[] =>
  groups.flatMap((group) => group.hooks.filter(isOwn).map((handler) => ({ group, handler })));
