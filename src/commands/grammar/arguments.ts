import { UserError } from "../../errors.ts";
import { nearest } from "../../pipeline/nearest.ts";
import type { CommandLine } from "./command-line.ts";
import { invalidAt, type Range } from "./invalid-at.ts";
import { isExplicitTarget, parseTarget, type TargetRef } from "./target.ts";
import { textIn } from "./text-in.ts";
import { type Flag, type Pair, type Token, tokenize, type Word } from "./tokens.ts";

/** The arguments of one command, taken out one by one; what nobody takes is refused by `finish`. Take options before words: an option owns the word after it. */
export class Arguments {
  readonly #source: string;
  readonly #left: Token[];
  /** The range of each value that was taken, to mark it when it turns out wrong. */
  readonly #taken = new Map<string, Range>();
  /** The free text after the arguments. */
  readonly reason: string | undefined;
  /** What follows the options and the place, as it was typed, of a command that takes a text. */
  readonly text: string | undefined;
  /** Every argument as it was typed. */
  readonly typed: readonly string[];
  /** The flags and keys that were asked for: what this command knows. */
  readonly #known = { flag: new Set<string>(), pair: new Set<string>() };

  private constructor(source: string, tokens: Token[], reason: string | undefined, text: string | undefined) {
    this.#source = source;
    this.#left = tokens;
    this.reason = reason;
    this.text = text;
    this.typed = tokens.map(({ start, end }) => source.slice(start, end));
  }

  /** @param takesText the options with a value of a command that takes a text behind them */
  static parse({ verb, rest, reason }: CommandLine, takesText?: readonly string[]): Arguments {
    const source = `${verb} ${rest}`;
    const from = verb.length + 1;
    const { start, text } = takesText ? textIn(source, from, takesText) : { start: source.length };
    return new Arguments(source, tokenize(source.slice(0, start), from), reason, text);
  }

  /** The place that one of the words names; words that could be something else are left. Throws UserError (invalid). */
  target(): TargetRef | undefined {
    const isTarget = (token: Token): token is Word => token.kind === "word" && !token.isQuoted && isExplicitTarget(token.value);
    const word = this.#take(isTarget);
    return word && parseTarget(this.#read(word, word.value));
  }

  /** The value of `key=value`. */
  pair(key: string): string | undefined {
    this.#known.pair.add(key);
    const pair = this.#take((token): token is Pair => token.kind === "pair" && token.key === key);
    return pair && this.#read(pair, pair.value);
  }

  /** The next positional argument; `name` says what is missing when there is none. */
  word(name: string): string {
    const value = this.optionalWord();
    if (value !== undefined) return value;
    this.#refuseTypos();
    throw this.#invalid("missing_argument", `What is missing here: ${name}.`);
  }

  optionalWord(): string | undefined {
    const word = this.#take((token) => token.kind === "word");
    return word && this.#read(word, word.value);
  }

  /** Every positional argument that is left. */
  words(): readonly string[] {
    const words: string[] = [];
    for (let word = this.optionalWord(); word !== undefined; word = this.optionalWord()) words.push(word);
    return words;
  }

  /** Whether `--name` is there. */
  switch(name: string): boolean {
    this.#known.flag.add(name);
    const flag = this.#flag(name);
    if (flag?.value !== undefined) throw this.#invalid("bad_value", `--${name} takes no value.`, flag);
    return flag !== undefined;
  }

  /** The value of `--name value` or `--name=value`. */
  option(name: string): string | undefined {
    this.#known.flag.add(name);
    const at = this.#left.findIndex((token) => token.kind === "flag" && token.name === name);
    const next = this.#left[at + 1];
    const flag = this.#flag(name);
    if (flag === undefined) return undefined;
    if (flag.value !== undefined) return this.#read(flag, flag.value);
    if (next?.kind !== "word") throw this.#invalid("missing_value", `--${name} needs a value after it.`, flag);

    this.#left.splice(at, 1);
    return this.#read(next, next.value);
  }

  /** Narrows a value that was taken to the allowed ones; `name` is what the person knows it by, `beside` what else may stand there. */
  choice<T extends string>(name: string, value: string, allowed: readonly T[], beside?: string): T {
    const choice = allowed.find((one) => one === value);
    if (choice !== undefined) return choice;
    throw this.#invalid(
      "bad_value",
      `“${value}” is no ${name}. It may be ${[...(beside ? [beside] : []), ...allowed].join(", ")}.`,
      this.#taken.get(value),
    );
  }

  /** Every `key=value` that is left. */
  pairs(): ReadonlyMap<string, string> {
    const pairs = new Map<string, string>();
    const isPair = (token: Token): token is Pair => token.kind === "pair";
    for (let pair = this.#take(isPair); pair; pair = this.#take(isPair)) pairs.set(pair.key, this.#read(pair, pair.value));
    return pairs;
  }

  /** Refuses what is left over: ignored text would change its meaning when the grammar grows. */
  finish(): void {
    this.#refuseTypos();
    const [extra] = this.#left;
    if (extra === undefined) return;
    const typed = this.#source.slice(extra.start, extra.end);
    throw this.#invalid("unknown_argument", `I do not know what to do with ${typed} here.`, extra);
  }

  /** Refuses a flag or key that is nearly one that this command knows, and offers that. */
  #refuseTypos(): void {
    const typo = this.#left.find((token) => this.#meant(token) !== undefined);
    if (typo) throw this.#withOffer(typo, this.#meant(typo) ?? "");
  }

  #withOffer(extra: Token, meant: string): UserError {
    const typed = this.#source.slice(extra.start, extra.end);
    const refusal = this.#invalid("unknown_argument", `I do not know what to do with ${typed} here. Did you mean ${meant}?`, extra);
    const command = this.#source.slice(0, extra.start) + meant + this.#source.slice(extra.end) + (this.reason ? ` -- ${this.reason}` : "");
    const { outcome, reason, message, parts } = refusal;
    return new UserError(outcome, reason, message, { parts, actions: [{ label: `With ${meant}`, command }] });
  }

  /** A flag or key that this command knows and that is spelt nearly so, with its value. */
  #meant(token: Token): string | undefined {
    if (token.kind === "word") return undefined;
    const typed = token.kind === "flag" ? token.name : token.key;
    const [name] = nearest(typed.toLowerCase(), [...this.#known[token.kind]], 1);
    if (name === undefined) return undefined;
    const before = token.kind === "flag" ? "--" : "";
    return before + name + this.#source.slice(token.start + before.length + typed.length, token.end);
  }

  #flag(name: string): Flag | undefined {
    return this.#take((token): token is Flag => token.kind === "flag" && token.name === name);
  }

  #take<T extends Token>(isWanted: (token: Token) => token is T): T | undefined {
    const token = this.#left.find(isWanted);
    if (token) this.#left.splice(this.#left.indexOf(token), 1);
    return token;
  }

  #read(range: Range, value: string): string {
    this.#taken.set(value, range);
    return value;
  }

  #invalid(reason: string, message: string, range: Range = { start: this.#source.length, end: this.#source.length }): UserError {
    return invalidAt(reason, message, this.#source, range);
  }
}
