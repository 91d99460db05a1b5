import { type HookEvent, hookEvents } from "../../hooks/events.ts";
import type { HookModule, HookTable } from "../../hooks/module.ts";
import { hookCommand } from "./command.ts";
import type { Installation } from "./installation.ts";

/** What stands in the settings of Claude Code for an event. */
export interface Group {
  readonly matcher?: string;
  readonly hooks: readonly Handler[];
}

export interface Handler {
  readonly type: string;
  readonly command?: string;
  readonly timeout?: number;
  readonly onFailure?: string;
}

/** By Claude Code's name of the event; without those that nothing is done at. */
export type Wanted = ReadonlyMap<string, Group>;

/** Each registered event costs every session the start of a process, so only those with a module that is on are. */
export function wantedHooks(table: HookTable, off: readonly string[], installation: Installation): Wanted {
  const wanted = new Map<string, Group>();
  for (const event of Object.keys(hookEvents) as HookEvent[]) {
    const modules: readonly Looking[] = table[event].filter(({ name }) => !off.includes(name));
    if (modules.length > 0) wanted.set(hookEvents[event].name, toGroup(event, modules, installation));
  }
  return wanted;
}

type Looking = Pick<HookModule<HookEvent>, "isGuard" | "tools">;

function toGroup(event: HookEvent, modules: readonly Looking[], installation: Installation): Group {
  const { timeoutSeconds: timeout, isGuarded } = hookEvents[event];
  const matcher = matcherOf(modules);
  const isBlocking = isGuarded && modules.some(({ isGuard }) => isGuard);
  return {
    ...(matcher !== undefined && { matcher }),
    hooks: [{ type: "command", command: hookCommand(event, installation), timeout, ...(isBlocking && { onFailure: "block" }) }],
  };
}

/** @returns undefined where some module looks at every tool, or at what is no tool */
function matcherOf(modules: readonly Looking[]): string | undefined {
  const tools = modules.map(({ tools }) => tools);
  return tools.every((each) => each !== undefined) ? [...new Set(tools.flat())].toSorted().join("|") : undefined;
}
