import type { KnownMatch } from "../../pipeline/known-issues/known-issue.ts";
import type { LookFor } from "../../pipeline/known-issues/search.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { excerptOf } from "../../pipeline/logs/excerpt.ts";

const longest = 300;
/** Claude Code itself cuts what a command prints at 30,000 characters. */
const looksAt = 1_000_000;

/** What Claude Code writes before the output of a command. */
const exitLine = /^Exit code \d{1,3}\r?\n/;

export interface Told {
  /** The first error, or else the last line; masked, at most 300 characters. */
  readonly error: string;
  readonly known?: KnownMatch;
}

/** Reads what a failed tool said, as the bot reads the log of a job. */
export async function readError(text: string, secrets: readonly string[], lookFor?: LookFor): Promise<Told> {
  const said = text.slice(0, looksAt).replace(exitLine, "");
  const { lines, errorAt, known } = await excerptOf(bytesOf(said), { secrets, lookFor });
  const line = lines[errorAt ?? lines.length - 1] ?? "";
  return { error: clipped(line.trim() || text.slice(0, 20).split("\n", 1)[0] || "", longest), ...(known && { known }) };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
