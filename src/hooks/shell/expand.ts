import type { CommandExpansionPart, ParameterExpansionPart, ParsedScript, Word, WordPart } from "unbash";
import { alternativesIn } from "./braces.ts";
import type { ShellCommand } from "./command.ts";
import { withoutLastNewlines } from "./output.ts";
import type { Scope } from "./scope.ts";
import { type Piece, type ShellWord, text, toWord, unknown } from "./word.ts";

/** What stands inside of a word and runs before it is one. */
interface Inside {
  /** Reads the commands of a substitution, in a subshell of the scope. */
  run(script: ParsedScript, scope: Scope): { readonly commands: readonly ShellCommand[]; readonly output: readonly Piece[] | undefined };
  /** Reads the commands that stand in what is not put in. */
  visitInside(part: WordPart, scope: Scope): void;
}

/** One word may become several, and each of them in several ways. */
type Ways = readonly (readonly Piece[])[];

const mostWays = 64;
/** Variables that the shell sets itself. */
const neverEmpty = /^(?:[?$#]|RANDOM|SECONDS|EPOCHSECONDS|UID|EUID|PPID|LINENO|BASHPID|HOSTNAME|OSTYPE)$/;

/** Puts in for a word what is known of it. */
export class Expander {
  readonly #inside: Inside;

  constructor(inside: Inside) {
    this.#inside = inside;
  }

  /** @returns the words that it becomes */
  words(word: Word, scope: Scope): readonly ShellWord[] {
    const ways = this.ways(word, scope);
    // Without quotes a variable is split at its blanks.
    const isBare = word.parts?.length === 1 && /Expansion$/.test(word.parts[0]?.type ?? "") && word.parts[0]?.type !== "BraceExpansion";
    return isBare ? ways.flatMap(split) : ways.map(toWord);
  }

  ways(word: Word, scope: Scope): Ways {
    const parts = word.parts;
    if (!parts) return [[text(withHome(word.text, word.value, scope))]];
    return this.#product(parts, scope, word.text.startsWith("~"));
  }

  /** The text of a here-document. */
  body(parts: readonly WordPart[], scope: Scope): readonly Piece[] {
    return this.#product(parts, scope, false)[0] ?? [];
  }

  #product(parts: readonly WordPart[], scope: Scope, hasTilde: boolean): Ways {
    let ways: Piece[][] = [[]];
    for (const [index, part] of parts.entries()) {
      const next = this.#part(part, scope, hasTilde && index === 0);
      if (next.length > 1 && ways.length * next.length <= mostWays) {
        ways = ways.flatMap((way) => next.map((pieces) => [...way, ...pieces]));
        continue;
      }
      const [only = []] = next.length > 1 ? [[unknown(part.text)]] : next;
      for (const way of ways) for (const piece of only) append(way, piece);
    }
    return ways;
  }

  #part(part: WordPart, scope: Scope, isTilde: boolean): Ways {
    switch (part.type) {
      case "Literal":
        return [[text(isTilde ? withHome(part.text, part.value, scope) : part.value)]];
      case "SingleQuoted":
      case "AnsiCQuoted":
        return [[text(part.value)]];
      case "DoubleQuoted":
      case "LocaleString":
        return this.#product(part.parts, scope, false);
      case "Glob":
      case "ExtendedGlob":
        this.#inside.visitInside(part, scope);
        return [[{ kind: "pattern", text: part.text }]];
      case "BraceExpansion":
        this.#inside.visitInside(part, scope);
        return alternativesIn(part.text)?.map((each) => [text(each)]) ?? [[unknown(part.text)]];
      case "SimpleExpansion":
        return this.#variable(part.text.slice(1), part.text, scope);
      case "ParameterExpansion":
        return this.#parameter(part, scope);
      case "ArithmeticExpansion":
        this.#inside.visitInside(part, scope);
        return [[unknown(part.text, false)]];
      case "ProcessSubstitution":
        return [[unknown(part.text, false, part.script && this.#inside.run(part.script, scope).commands)]];
      case "CommandExpansion":
        return [this.#output(part, scope)];
    }
  }

  #output(part: CommandExpansionPart, scope: Scope): readonly Piece[] {
    if (!part.script) return [unknown(part.text)];
    const { commands, output } = this.#inside.run(part.script, scope);
    return output ? withoutLastNewlines(output) : [unknown(part.text, true, commands)];
  }

  #variable(name: string, written: string, scope: Scope): Ways {
    const values = scope.valuesOf(name);
    if (!values) return [[unknown(written, !neverEmpty.test(name))]];
    return values.map((pieces) =>
      pieces.length > 0 && pieces.every((piece) => piece.kind === "unknown" && piece.canBeEmpty)
        ? [
            unknown(
              written,
              true,
              pieces.flatMap((piece) => (piece.kind === "unknown" ? piece.commands : [])),
            ),
          ]
        : pieces,
    );
  }

  #parameter(part: ParameterExpansionPart, scope: Scope): Ways {
    const { parameter, prefix, index, operation, text: source } = part;
    if (operation?.type !== "Default") this.#inside.visitInside(part, scope);
    if (prefix === "#") return [[unknown(source, false)]];
    if (prefix === "!" || index !== undefined) return [[unknown(source)]];
    const plain = this.#variable(parameter, source, scope);
    if (!operation) return plain;
    if (operation.type !== "Default") return [[unknown(source)]];
    const known = scope.valuesOf(parameter);
    const isEmpty = known?.length === 1 && toWord(known[0] ?? []).value === "";
    switch (operation.operator) {
      case ":?":
        return isEmpty || !known ? [[unknown(source, false)]] : plain.map(neverEmptyPieces);
      case "?":
        return plain;
      case "+":
      case ":+":
        return isEmpty ? [[]] : known ? this.ways(operation.operand, scope) : [[], ...this.ways(operation.operand, scope)];
      default:
        if (isEmpty) return operation.operator.startsWith(":") ? this.ways(operation.operand, scope) : plain;
        if (known && plain.every((pieces) => toWord(pieces).value !== undefined)) return plain;
        return [[unknown(source, operation.operator.length === 1)], ...this.ways(operation.operand, scope)];
    }
  }
}

/** Neighbouring texts are one, so that empty quotes in thousands cost nothing. */
function append(way: Piece[], piece: Piece): void {
  const last = way.at(-1);
  if (piece.kind === "text" && last?.kind === "text") way[way.length - 1] = text(last.text + piece.text);
  else way.push(piece);
}

const neverEmptyPieces = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.map((piece) => (piece.kind === "unknown" ? { ...piece, canBeEmpty: false } : piece));

function split(pieces: readonly Piece[]): readonly ShellWord[] {
  const { value } = toWord(pieces);
  if (value === undefined || !/\s/.test(value)) return pieces.length === 0 ? [] : [toWord(pieces)];
  return value.split(/\s+/).flatMap((each) => (each === "" ? [] : [toWord([text(each)])]));
}

/** A `~` without quotes at the beginning. */
function withHome(source: string, value: string, scope: Scope): string {
  if (!source.startsWith("~")) return value;
  if (value === "~" || value.startsWith("~/")) return scope.home + value.slice(1);
  return /^~[a-z_]/.test(value) ? `/home/${value.slice(1)}` : value;
}
