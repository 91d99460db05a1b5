import { invalidAt, type Range } from "./invalid-at.ts";
import { type Chunk, scan } from "./scan.ts";

export type Token = Word | Pair | Flag;

export interface Word extends Range {
  readonly kind: "word";
  readonly value: string;
  /** It is a name, whatever it looks like. */
  readonly isQuoted?: true;
}

/** `key=value` */
export interface Pair extends Range {
  readonly kind: "pair";
  readonly key: string;
  readonly value: string;
}

/** `--name`, or `--name=value`. */
export interface Flag extends Range {
  readonly kind: "flag";
  readonly name: string;
  readonly value?: string;
}

const mostTokens = 50;

/** The arguments in a line from offset `from` on. What comes before is only shown when something is wrong. */
export function tokenize(source: string, from = 0): Token[] {
  const tokens: Token[] = [];
  const named = new Set<string>();
  for (const chunk of scan(source, from)) {
    const token = toToken(chunk, source);
    if (tokens.length === mostTokens) {
      throw invalidAt("too_many_arguments", `A command takes at most ${mostTokens} arguments.`, source, token);
    }
    const name = nameOf(token);
    if (name !== undefined && named.has(name)) throw invalidAt("duplicate_argument", `${name} is given twice.`, source, token);
    if (name !== undefined) named.add(name);
    tokens.push(token);
  }
  return tokens;
}

function toToken({ value, start, end, quotedFrom, openQuoteAt }: Chunk, source: string): Token {
  const valueAfter = (head: string): string => {
    if (value.length > head.length) return value.slice(head.length);
    throw invalidAt("missing_value", `${head} needs a value right after it.`, source, { start, end });
  };
  if (openQuoteAt !== undefined) {
    throw invalidAt("unclosed_quote", "This quote is never closed.", source, { start: openQuoteAt, end: openQuoteAt + 1 });
  }

  // What is quoted is data: only what stands before the first quote can make a flag or a key.
  const bare = value.slice(0, quotedFrom);
  const [flag, name, equals] = /^--([^=]+)(=?)/.exec(bare) ?? [];
  if (flag !== undefined && name !== undefined && equals === "=") return { kind: "flag", name, value: valueAfter(flag), start, end };
  if (name !== undefined && quotedFrom === undefined) return { kind: "flag", name, start, end };

  // A key looks like a name, so that `https://host/?a=b` and `owner/repo@a=b` stay words.
  const [pair, key] = /^([\p{L}\p{N}_][\p{L}\p{N}_.-]*)=/u.exec(bare) ?? [];
  if (pair !== undefined && key !== undefined) return { kind: "pair", key, value: valueAfter(pair), start, end };
  return { kind: "word", value, start, end, ...(quotedFrom !== undefined && { isQuoted: true }) };
}

function nameOf(token: Token): string | undefined {
  if (token.kind === "word") return undefined;
  return token.kind === "flag" ? `--${token.name}` : `${token.key}=`;
}
