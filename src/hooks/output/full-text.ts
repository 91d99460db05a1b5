import { dirname } from "node:path";
import type { PayloadOf } from "../payload.ts";
import { pathWithin, realPathOf } from "../place/real-path.ts";
import { type FileEnd, readEnd } from "./read-end.ts";
import type { ToolOutput } from "./tool-output.ts";

/** Of a longer text its end is read. */
const mostRead = 4 * 2 ** 20;

/**
 * All that a tool gave, where Claude Code passes on but the beginning and keeps the rest beside the transcript.
 *
 * @returns undefined where it names a file that is elsewhere
 */
export function fullTextOf({ text, keptAt }: ToolOutput, { transcript_path: transcript }: PayloadOf<"post-tool-use">): FileEnd | undefined {
  if (keptAt === undefined) return { text, firstNumber: 1, bytes: Buffer.byteLength(text), isWhole: true };
  if (transcript === undefined || pathWithin(realPathOf(dirname(transcript)), realPathOf(keptAt)) === undefined) return undefined;
  return readEnd(keptAt, mostRead);
}
