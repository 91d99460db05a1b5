import { hookCommand } from "../../../src/cli/setup/command.ts";
import type { Installation } from "../../../src/cli/setup/installation.ts";
import { type Group, type Wanted, wantedHooks } from "../../../src/cli/setup/wanted.ts";
import { type HookEvent, hookEvents } from "../../../src/hooks/events.ts";
import type { HookModule, HookTable } from "../../../src/hooks/module.ts";

export const installed: Installation = { node: "/opt/node", main: "/opt/nextrust/dist/main.js" };

type SomeModules = Readonly<Partial<Record<HookEvent, readonly Pick<HookModule<HookEvent>, "name" | "isGuard" | "tools">[]>>>;

/** A table of modules that do nothing. */
export const aTable = (modules: SomeModules): HookTable =>
  Object.fromEntries(
    Object.keys(hookEvents).map((event) => [
      event,
      (modules[event as HookEvent] ?? []).map((module) => ({ ...module, summary: "Does nothing.", run: () => undefined })),
    ]),
  ) as unknown as HookTable;

export const wantedBy = (modules: SomeModules, off: readonly string[] = []): Wanted => wantedHooks(aTable(modules), off, installed);

interface Given {
  readonly matcher?: string;
  readonly onFailure?: string;
  readonly installation?: Installation;
}

/** Our group for an event. */
export const ours = (event: HookEvent, { matcher, onFailure, installation = installed }: Given = {}): Group => ({
  ...(matcher !== undefined && { matcher }),
  hooks: [
    {
      type: "command",
      command: hookCommand(event, installation),
      timeout: hookEvents[event].timeoutSeconds,
      ...(onFailure !== undefined && { onFailure }),
    },
  ],
});
