const begins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const ends = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const borders = new RegExp(`(?<begin>${begins.source})|${ends.source}`, "g");
/** The largest key in use has half as many lines: after more, the begin was a mention, not a key. */
const longestKeyLines = 500;

/** Follows private keys that a log shows over several lines. */
export class PrivateKeys {
  #linesLeft = 0;

  /** Takes the next line of the log; true when it begins inside a key. */
  read(line: string): boolean {
    const isInside = this.#linesLeft > 0;
    if (isInside) this.#linesLeft--;
    if (line.includes("-----")) {
      const begin = line.search(begins);
      if (begin !== -1) this.#linesLeft = longestKeyLines;
      if (ends.test(begin === -1 ? line : line.slice(begin))) this.#linesLeft = 0;
    }
    return isInside;
  }
}

/** A line that begins inside a private key, without the key. */
export function withoutKey(line: string): string {
  const end = ends.exec(line);
  return end ? `***${line.slice(end.index + end[0].length)}` : "***";
}

/** Where in the text private keys stand; one that began before the text or ends after it reaches to the text's border. */
export function keyRanges(text: string): readonly (readonly [from: number, to: number])[] {
  if (!text.includes("PRIVATE KEY")) return [];
  const ranges: (readonly [number, number])[] = [];
  let from: number | undefined;
  let isFirst = true;
  for (const { index, 0: border, groups } of text.matchAll(borders)) {
    if (groups?.begin !== undefined) from ??= index;
    else if (from !== undefined || isFirst) {
      ranges.push([from ?? 0, index + border.length]);
      from = undefined;
    }
    isFirst = false;
  }
  if (from !== undefined) ranges.push([from, text.length]);
  return ranges;
}
