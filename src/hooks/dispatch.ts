import type { Context } from "./context.ts";
import { type HookEvent, hookEvents } from "./events.ts";
import { inOneLine } from "./in-one-line.ts";
import type { HookModule, HookTable, Said } from "./module.ts";
import type { PayloadOf } from "./payload.ts";

/** What is left of the time after which Claude Code ends the process, for writing the answer. */
const shareOfTimeout = 0.8;

/** Runs the modules of an event one after the other. One that fails is logged and stops no other; only a guard that fails stops what it guards. */
export async function dispatch<Event extends HookEvent>(
  event: Event,
  payload: PayloadOf<Event>,
  { table, context, log }: { readonly table: HookTable; readonly context: Context; readonly log: HookLog },
): Promise<readonly Said[]> {
  const said: Said[] = [];
  const time = new AbortController();
  // It keeps the process alive: one that ended while a guard waits would have let the tool run.
  const timer = setTimeout(() => time.abort(), hookEvents[event].timeoutSeconds * 1000 * shareOfTimeout);
  for (const module of table[event] as readonly HookModule<Event>[]) {
    if (context.settings.off.includes(module.name) || !looksAt(module, payload)) continue;
    const begun = performance.now();
    const one = await inTime(module, payload, { ...context, signal: time.signal }).catch((error: unknown): Said | undefined => {
      log.failed(module.name, error);
      return module.isGuard ? { kind: "deny", reason: cannotCheck(module.name, error) } : undefined;
    });
    log.ran(module.name, one?.kind, performance.now() - begun);
    if (one) said.push(one.kind === "deny" ? { ...one, reason: `${module.name}: ${one.reason}` } : one);
  }
  clearTimeout(timer);
  return said;
}

/** Where it is written down what modules did. */
export interface HookLog {
  ran(module: string, said: Said["kind"] | undefined, tookMs: number): void;
  failed(module: string, error: unknown): void;
}

const looksAt = ({ tools }: Pick<HookModule<HookEvent>, "tools">, payload: PayloadOf<HookEvent>): boolean =>
  tools === undefined || ("tool_name" in payload && tools.includes(payload.tool_name));

async function inTime<Event extends HookEvent>(
  module: HookModule<Event>,
  payload: PayloadOf<Event>,
  context: Context,
): Promise<Said | undefined> {
  const late = Promise.withResolvers<never>();
  const tooLate = () => late.reject(new Error("it took too long"));
  if (context.signal.aborted) tooLate();
  context.signal.addEventListener("abort", tooLate);
  try {
    return await Promise.race([late.promise, module.run(payload, context)]);
  } finally {
    context.signal.removeEventListener("abort", tooLate);
  }
}

const cannotCheck = (module: string, error: unknown): string =>
  `This could not be checked (${inOneLine(error instanceof Error ? error.message : String(error))}), so it is stopped. To go without it, add ${module} to hooks.off in config/nextrust.yml.`;
