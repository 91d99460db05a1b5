/** What is kept of one line, in UTF-16 units: no error message is longer, and a log need not have line feeds at all. */
const longestLine = 8_192;
const pieceBytes = 65_536;

/** Called for each line, without its end. `isCut` tells that the line went on and its end was dropped. */
export type OnLine = (text: string, isCut: boolean) => void;

/**
 * Feeds a log to `onLine` line by line, whatever the borders of its chunks. Of a line that a progress bar overwrote, only what
 * follows the last carriage return. Reads at most `maxBytes` and answers whether there was more.
 */
export async function readLines(log: AsyncIterable<Uint8Array>, maxBytes: number, onLine: OnLine): Promise<{ readonly isCut: boolean }> {
  const decoder = new TextDecoder();
  const splitter = new LineSplitter(onLine);
  let room = maxBytes;
  for await (const chunk of log) {
    const read = chunk.subarray(0, room);
    for (let at = 0; at < read.length; at += pieceBytes) {
      splitter.add(decoder.decode(read.subarray(at, at + pieceBytes), { stream: true }));
    }
    if (chunk.length > room) {
      splitter.end(true);
      return { isCut: true };
    }
    room -= chunk.length;
  }
  splitter.add(decoder.decode());
  splitter.end(false);
  return { isCut: false };
}

class LineSplitter {
  readonly #onLine: OnLine;
  #kept = "";
  #isCut = false;
  /** A carriage return was read: it overwrites the line if text follows, and ends it if a line feed does. */
  #hasReturned = false;
  #hasBegun = false;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  add(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      this.#append(text.slice(from, at));
      this.#finish(this.#isCut);
      from = at + 1;
    }
    if (from < text.length) this.#append(text.slice(from));
  }

  end(isLogCut: boolean): void {
    if (this.#hasBegun) this.#finish(this.#isCut || isLogCut);
  }

  #append(piece: string): void {
    if (piece === "") return;
    this.#hasBegun = true;
    let end = piece.length;
    while (end > 0 && piece[end - 1] === "\r") end--;
    if (end > 0) {
      const start = piece.lastIndexOf("\r", end - 1) + 1;
      if (this.#hasReturned || start > 0) {
        this.#kept = "";
        this.#isCut = false;
      }
      const room = longestLine - this.#kept.length;
      this.#isCut ||= end - start > room;
      if (room > 0) this.#kept += piece.slice(start, Math.min(end, start + room));
      this.#hasReturned = false;
    }
    if (end < piece.length) this.#hasReturned = true;
  }

  #finish(isCut: boolean): void {
    const text = this.#kept;
    this.#kept = "";
    this.#isCut = false;
    this.#hasReturned = false;
    this.#hasBegun = false;
    this.#onLine(text, isCut);
  }
}
