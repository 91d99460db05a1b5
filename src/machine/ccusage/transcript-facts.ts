import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { asTheirs, type CcusageTokens, type TranscriptFacts } from "../../pipeline/usage/ccusage-usage.ts";
import { toPico } from "../../pipeline/usage/money.ts";
import { ownTotalBegins, parseOwnTotal } from "../import/own-total.ts";

const count = z.number().int().nonnegative().default(0);

/** A line of a transcript that tells of a request. */
const Line = z.object({
  sessionId: z.string().optional(),
  requestId: z.string().nullish(),
  costUSD: z.number().nonnegative().optional(),
  message: z.object({
    id: z.string(),
    model: z.string(),
    usage: z.object({
      input_tokens: count,
      output_tokens: count,
      cache_creation_input_tokens: count,
      cache_read_input_tokens: count,
    }),
  }),
});

type Facts = { -readonly [Key in keyof TranscriptFacts]: TranscriptFacts[Key] };

const none: CcusageTokens = { uncachedIn: 0, cacheRead: 0, cacheWrite: 0, out: 0 };

/** What only the transcripts tell of these sessions. Lines that are no JSON are passed over, as ccusage does. */
export async function readTranscriptFacts(
  folders: readonly string[],
  sessions: ReadonlySet<string>,
): Promise<{ readonly facts: readonly TranscriptFacts[]; readonly transcribed: ReadonlySet<string> }> {
  const all = new Map<string, Facts>();
  const transcribed = new Set<string>();
  for (const file of await transcriptsIn(folders)) {
    const session = sessionOf(file);
    transcribed.add(session);
    if (sessions.has(session)) await readOne(file, session, all);
  }
  return { facts: [...all.values()], transcribed };
}

async function transcriptsIn(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => (await readdir(folder, { recursive: true }).catch(() => [])).map((name) => join(folder, name))),
  );
  return found.flat().filter((name) => name.endsWith(".jsonl"));
}

/** Files of sub-agents lie in a folder with the name of their session. */
function sessionOf(file: string): string {
  const parts = file.split(/[\\/]/);
  const at = parts.lastIndexOf("subagents");
  return at > 0 ? (parts[at - 1] ?? "") : basename(file, ".jsonl");
}

async function readOne(file: string, session: string, all: Map<string, Facts>): Promise<void> {
  const seen = new Set<string>();
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text.startsWith(ownTotalBegins)) noteTotal(text, session, all);
    if (!text.includes('"usage"')) continue;
    const line = Line.safeParse(parseJson(text)).data;
    if (line) note(line, session, seen, all);
  }
}

function note(
  { sessionId, requestId, costUSD, message }: z.infer<typeof Line>,
  file: string,
  seen: Set<string>,
  all: Map<string, Facts>,
): void {
  const session = sessionId ?? file;
  const key = JSON.stringify([session, message.model]);
  const before = all.get(key) ?? nothingOf(session, message.model);
  const { usage } = message;
  const tokens: CcusageTokens = {
    uncachedIn: usage.input_tokens,
    cacheRead: usage.cache_read_input_tokens,
    cacheWrite: usage.cache_creation_input_tokens,
    out: usage.output_tokens,
  };
  const isRepeated = seen.has(message.id);
  seen.add(message.id);
  const noRequest = requestId === undefined || requestId === null;
  all.set(key, {
    ...before,
    largestIn: Math.max(before.largestIn, tokens.uncachedIn + tokens.cacheRead + tokens.cacheWrite),
    statedPico: before.statedPico + (costUSD === undefined || isRepeated ? 0n : toPico(costUSD)),
    repeatedWithoutRequest: isRepeated && noRequest ? plus(before.repeatedWithoutRequest, tokens) : before.repeatedWithoutRequest,
    blankRequest: !isRepeated && requestId === "" ? plus(before.blankRequest, tokens) : before.blankRequest,
  });
}

const nothingOf = (session: string, model: string): Facts => ({
  ...{ session, model, repeatedWithoutRequest: none, blankRequest: none, statedPico: 0n, largestIn: 0 },
});

/** The last one counts; it stands in the session's own file. */
function noteTotal(text: string, session: string, all: Map<string, Facts>): void {
  for (const [model, tokens] of Object.entries(parseOwnTotal(text)?.models ?? {})) {
    const key = JSON.stringify([session, model]);
    all.set(key, { ...(all.get(key) ?? nothingOf(session, model)), ownTotal: asTheirs(tokens) });
  }
}

const plus = (one: CcusageTokens, other: CcusageTokens): CcusageTokens => ({
  uncachedIn: one.uncachedIn + other.uncachedIn,
  cacheRead: one.cacheRead + other.cacheRead,
  cacheWrite: one.cacheWrite + other.cacheWrite,
  out: one.out + other.out,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
