import type { FileMark } from "../usage/import/destination.ts";

/** How far a transcript was read. */
export interface TranscriptMark extends FileMark {
  /** The prompt that the last line was about. */
  readonly prompt?: string;
}

/** How far the transcripts of sessions were read. */
export interface Marks {
  of(path: string): TranscriptMark | undefined;
  /** Moves the mark, unless another process has moved it meanwhile. */
  move(session: string, before: TranscriptMark | undefined, after: TranscriptMark): void;
}
