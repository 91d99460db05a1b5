import { closeSync, fstatSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fingerprintOf, isContinued, seenAs } from "../../machine/import/file-mark.ts";
import { type Line, LineReader } from "../../machine/import/line-reader.ts";
import { ownTotalBegins, parseOwnTotal } from "../../machine/import/own-total.ts";
import { toCaptured } from "../../pipeline/sessions/captured.ts";
import type { TranscriptMark } from "../../pipeline/sessions/marks.ts";
import type { OwnTotal } from "../../pipeline/sessions/own-total.ts";
import type { Captured } from "../../pipeline/sessions/requests.ts";
import type { Teller } from "../../pipeline/usage/import/told.ts";
import { parseTranscriptLine } from "../../pipeline/usage/import/transcript.ts";
import { openTranscript, Unreadable } from "./transcript-files.ts";

/** What stands in a transcript behind a mark. */
export interface Portion {
  readonly captured: readonly Captured[];
  /** How many lines that seem to tell of a request cannot be understood. */
  readonly broken: number;
  readonly ownTotal?: OwnTotal;
  readonly mark: TranscriptMark;
  readonly isEnd: boolean;
}

/** As many as are written in a moment. */
const mostRequests = 500;
const longestLine = 16 << 20;
const [needle, promptId, costState] = ['"usage"', '"promptId"', '"cost-state"'] as const;
const needles = [needle, promptId, costState].map((text) => Buffer.from(text));

/**
 * Reads on from a mark, to the end or as far as there is time. A file that was replaced is read from its beginning.
 *
 * @throws Unreadable
 */
export function readPortion(path: string, before: TranscriptMark | undefined, teller: Teller, isLate: () => boolean): Portion | undefined {
  const file = openTranscript(path);
  try {
    const stats = fstatSync(file, { bigint: true });
    const seen = seenAs(stats);
    if (before?.seen === seen) return undefined;
    const isSame = before !== undefined && isContinued(file, before, stats);
    const from = isSame ? before.position : 0;
    const parser = portionParser(path, isSame ? before.prompt : undefined, teller);
    const markAt = (position: number, at: string): TranscriptMark => ({
      ...{ path, position, fingerprint: fingerprintOf(file, position), seen: at },
      ...(parser.prompt !== undefined && { prompt: parser.prompt }),
    });
    const lines = new LineReader(longestLine).lines(file, from, needles);
    for (let next = lines.next(); ; next = lines.next()) {
      if (next.done) {
        if (next.value === from && Number(stats.size) - from > longestLine) throw new Unreadable("a line in it is without an end");
        return { ...parser.taken(), mark: markAt(next.value, seen), isEnd: true };
      }
      parser.take(next.value);
      if (parser.count >= mostRequests || isLate()) return { ...parser.taken(), mark: markAt(next.value.end, "unfinished"), isEnd: false };
    }
  } finally {
    closeSync(file);
  }
}

/** The id stands before the text, and in text quotes are escaped. */
const promptPattern = /"promptId":"([\w-]{1,100})"/;
const headCharacters = 500;

function portionParser(path: string, firstPrompt: string | undefined, teller: Teller) {
  const isSidechain = basename(dirname(path)) === "subagents";
  const captured: Captured[] = [];
  let prompt = firstPrompt;
  let broken = 0;
  let ownTotal: OwnTotal | undefined;
  return {
    get prompt() {
      return prompt;
    },
    get count() {
      return captured.length;
    },
    taken: () => ({ captured, broken, ...(ownTotal && { ownTotal }) }),
    take({ kind, text: line }: Line) {
      if (kind !== "wanted") {
        broken += 1;
        return;
      }
      prompt = promptPattern.exec(line.slice(0, headCharacters))?.[1] ?? prompt;
      if (line.startsWith(ownTotalBegins)) ownTotal = parseOwnTotal(line) ?? ownTotal;
      if (!line.includes(needle)) return;
      const told = parseTranscriptLine(line, { ...teller, isSidechain });
      if (typeof told === "string") return;
      if ("problem" in told) broken += 1;
      else captured.push(toCaptured(told.usage, prompt));
    },
  };
}
