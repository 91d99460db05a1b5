import { setImmediate as breath } from "node:timers/promises";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import type { OwnTotal } from "../../pipeline/sessions/own-total.ts";
import type { Teller } from "../../pipeline/usage/import/told.ts";
import { readPortion } from "./read-portion.ts";
import { transcriptFiles, Unreadable } from "./transcript-files.ts";

interface Given {
  readonly session: string;
  readonly transcript: string;
  readonly teller: Teller;
  /** What is not read by then is read the next time. */
  readonly mostMs: number;
  readonly signal: AbortSignal;
}

/** What a capture came to. */
export interface Capture {
  /** Requests that are new, or told more fully than before. */
  readonly requests: number;
  readonly brokenLines: number;
  readonly ownTotal?: OwnTotal;
  /** Everything that the transcripts hold has been read. */
  readonly isComplete: boolean;
  /** Why some of it could not be read: a half-sentence. */
  readonly problem?: string;
}

/**
 * Reads what is new in the transcript of a session and in those of its sub-agents. Requests, their events and the mark up to which they were read
 * are written down together, so that of many processes at once none tells anything twice, and one that is killed leaves nothing out.
 */
export async function capture(journal: Journal, { session, transcript, teller, mostMs, signal }: Given): Promise<Capture> {
  const until = performance.now() + mostMs;
  const isLate = () => signal.aborted || performance.now() >= until;
  let result: Capture = { requests: 0, brokenLines: 0, isComplete: true };
  for (const path of transcriptFiles(transcript)) {
    const read = await captureFile(path);
    result = {
      ...result,
      ...read,
      requests: result.requests + read.requests,
      brokenLines: result.brokenLines + read.brokenLines,
      isComplete: result.isComplete && read.isComplete,
    };
  }
  return result;

  async function captureFile(path: string): Promise<Capture> {
    let taken: Capture = { requests: 0, brokenLines: 0, isComplete: false };
    try {
      do {
        const before = journal.marks.of(path);
        const portion = readPortion(path, before, teller, isLate);
        if (portion === undefined) return { ...taken, isComplete: true };
        const { captured, broken, ownTotal, mark, isEnd } = portion;
        const requests = journal.transaction(() => {
          const told = journal.requests.put(session, captured);
          journal.spool.add(
            told.map((usage) => ({ type: "usage", usage })),
            teller.now,
          );
          journal.marks.move(session, before, mark);
          return told.length;
        });
        taken = {
          ...taken,
          requests: taken.requests + requests,
          brokenLines: taken.brokenLines + broken,
          ...(ownTotal && path === transcript && { ownTotal }),
        };
        if (isEnd) return { ...taken, isComplete: true };
        await breath();
      } while (!isLate());
      return taken;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { ...taken, problem: path === transcript ? error.message : `a sub-agent's: ${error.message}` };
    }
  }
}
