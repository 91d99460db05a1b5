import type { HookEvent } from "./events.ts";

// Not by a schema of zod: loading it takes a tenth of the time that a hook has.
interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly object: Readonly<Record<string, unknown>>;
  readonly unknown: unknown;
}
type Fields = Readonly<Record<string, keyof Kinds>>;

interface Shape {
  /** Without these nothing can be done. */
  readonly needed: Fields;
  /** Claude Code always says most of these; where it does not we can do without. */
  readonly known: Fields;
  /** What holds where another kind of thing is said, or none. */
  readonly usual: Readonly<Record<string, string | boolean>>;
}

const common = {
  session_id: "string",
  transcript_path: "string",
  cwd: "string",
  prompt_id: "string",
  permission_mode: "string",
  /** Of a sub-agent only. */
  agent_id: "string",
} as const;
const tool = { needed: { tool_name: "string", tool_input: "object" }, known: { ...common, tool_use_id: "string" }, usual: {} } as const;

/** What Claude Code writes to a hook's standard input, by the event; only what we use. */
const shapes = {
  "pre-tool-use": tool,
  "post-tool-use": { ...tool, known: { ...tool.known, tool_response: "unknown", duration_ms: "number" } },
  "post-tool-use-failure": { ...tool, usual: { error: "", is_interrupt: false } },
  "user-prompt-submit": { needed: { prompt: "string" }, known: common, usual: {} },
  "session-start": { needed: {}, known: { ...common, source: "string" }, usual: {} },
  stop: { needed: {}, known: { ...common, last_assistant_message: "string" }, usual: { stop_hook_active: false } },
  "session-end": { needed: {}, known: { ...common, reason: "string" }, usual: {} },
} as const satisfies Record<HookEvent, Shape>;

type Read<S extends Shape> = { readonly [Name in keyof S["needed"]]: Kinds[S["needed"][Name]] } & {
  readonly [Name in keyof S["known"]]?: Kinds[S["known"][Name]] | undefined;
} & { readonly [Name in keyof S["usual"]]: S["usual"][Name] extends string ? string : boolean };

type Payloads = { readonly [Event in HookEvent]: Read<(typeof shapes)[Event]> };
export type PayloadOf<Event extends HookEvent> = Payloads[Event];
export type ToolPayload = PayloadOf<"pre-tool-use">;

/** @returns what was read, or a half-sentence that says what is wrong with it */
export function readPayload<Event extends HookEvent>(event: Event, text: string): PayloadOf<Event> | { readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { problem: text.trim() === "" ? "it is empty" : "it is no JSON" };
  }
  if (!isOf("object", content)) return unlike("it");
  const { needed, known, usual }: Shape = shapes[event];
  const read = new Map<string, unknown>();
  for (const [name, kind] of Object.entries(needed)) {
    if (!isOf(kind, content[name])) return unlike(name);
    read.set(name, content[name]);
  }
  for (const [name, kind] of Object.entries(known)) if (isOf(kind, content[name])) read.set(name, content[name]);
  for (const [name, value] of Object.entries(usual)) read.set(name, typeof content[name] === typeof value ? content[name] : value);
  return Object.fromEntries(read) as PayloadOf<Event>;
}

const unlike = (name: string) => ({ problem: `${name} is missing or of another kind than I know` });

function isOf<Kind extends keyof Kinds>(kind: Kind, value: unknown): value is Kinds[Kind] {
  if (kind === "unknown") return value !== undefined;
  if (kind === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === kind;
}
