import type { Range } from "./invalid-at.ts";

/** A run of text between white space, with its quotes taken off. */
export interface Chunk extends Range {
  readonly value: string;
  /** Where in `value` the first quoted character lies. */
  readonly quotedFrom: number | undefined;
  /** Where in the source a quote opens that nothing closes. */
  readonly openQuoteAt: number | undefined;
}

/** Phones type curly quotes, in either direction. */
const openers = '"“”„';
const closers: Readonly<Record<string, string>> = { '"': '"', "“": '”“"', "”": '”“"', "„": '”“"' };

/** Splits at white space outside quotes. Never throws; lazy, so that a reader may stop where free text begins. */
export function* scan(source: string, from = 0): Generator<Chunk> {
  let at = from;
  while (at < source.length) {
    if (isSpace(source, at)) {
      at++;
      continue;
    }
    const chunk = scanChunk(source, at);
    yield chunk;
    at = chunk.end;
  }
}

function scanChunk(source: string, start: number): Chunk {
  let value = "";
  let quotedFrom: number | undefined;
  let at = start;
  while (at < source.length && !isSpace(source, at)) {
    const opener = source.charAt(at);
    if (!openers.includes(opener)) {
      value += opener;
      at++;
      continue;
    }
    quotedFrom ??= value.length;
    const quoted = scanQuoted(source, at);
    value += quoted.value;
    if (quoted.end === undefined) return { value, start, end: source.length, quotedFrom, openQuoteAt: at };
    at = quoted.end;
  }
  return { value, start, end: at, quotedFrom, openQuoteAt: undefined };
}

function scanQuoted(source: string, start: number): { value: string; end: number | undefined } {
  const closing = closers[source.charAt(start)] ?? "";
  let value = "";
  for (let at = start + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (closing.includes(char)) return { value, end: at + 1 };

    const next = source.charAt(at + 1);
    // Any other backslash is data: a Windows path or a pattern.
    const isEscape = char === "\\" && next !== "" && (next === "\\" || openers.includes(next));
    value += isEscape ? next : char;
    if (isEscape) at++;
  }
  return { value, end: undefined };
}

const isSpace = (source: string, at: number): boolean => /\s/.test(source.charAt(at));
