import type { HookModuleName } from "../config/hooks.ts";
import type { Context } from "./context.ts";
import type { HookEvent, hookEvents } from "./events.ts";
import type { PayloadOf } from "./payload.ts";

/** What a module has to say. */
export type Said =
  /** Stops what is about to happen: a tool, a prompt. The reason goes to whoever asked for it: the model, or the person. */
  | { readonly kind: "deny"; readonly reason: string }
  /** Tells the model something beside what it sees anyway. */
  | { readonly kind: "tell"; readonly text: string }
  /** Gives the model another output of the tool; of the same shape as the tool's own. */
  | { readonly kind: "replace"; readonly output: unknown };

type Heeded<Event extends HookEvent> = (typeof hookEvents)[Event]["heeds"][number];
/** What may be said at an event: what Claude Code heeds there, and nothing else. */
export type SaidAt<Event extends HookEvent> = Extract<Said, { readonly kind: Heeded<Event> }>;

/**
 * One thing that is done at one event. What it is called and in which order stands in the table; its file is called the same, and lies in the folder of
 * its event, or in `several-events`. What modules share lies in folders beside those, each named for its idea.
 */
export interface HookModule<Event extends HookEvent> {
  /** What it is called in the settings, the log and the docs. One that stands at several events has one name. */
  readonly name: HookModuleName;
  /** What it does, for docs/hooks.md: one sentence. */
  readonly summary: string;
  /** When it fails, what it was to look at is stopped; where this is absent, nothing happens but a line in the log. */
  readonly isGuard?: true;
  /** What a guard stops as things are, for the model, so that it does not try: "commits whose message is not of the form …". */
  readonly stops?: (context: Context) => string | undefined;
  /** The tools that it looks at; all of them when absent. */
  readonly tools?: readonly string[];
  run(payload: PayloadOf<Event>, context: Context): SaidAt<Event> | undefined | Promise<SaidAt<Event> | undefined>;
}

/** Modules of an event, in the order in which they run. */
export type HookTable = { readonly [Event in HookEvent]: readonly HookModule<Event>[] };

export const deny = (reason: string) => ({ kind: "deny", reason }) as const satisfies Said;
export const tell = (text: string) => ({ kind: "tell", text }) as const satisfies Said;
