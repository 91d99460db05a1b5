import { resolve } from "node:path";
import { homeOf } from "../place/home.ts";
import { type Piece, type ShellWord, text, unknown } from "./word.ts";

/** Where a text for a shell begins to run. */
export interface Surroundings {
  /** Absolute. */
  readonly folder: string;
  /** Variables that are known to be the same in the shell. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A variable may be one of several, as in a loop. */
type Values = readonly (readonly Piece[])[];

/** Keeps a text that doubles a variable again and again from growing without end. */
const longestValue = 16_384;
const mostValues = 32;

/** The folder and the variables of a shell, as far as they are known at a place of its text. */
export class Scope {
  folder: string | undefined;
  readonly #known: Surroundings["variables"];
  /** Not changed for as long as this one is in use. */
  readonly #outer: Scope | undefined;
  readonly #assigned = new Map<string, Values>();

  constructor(folder: string | undefined, known: Surroundings["variables"], outer?: Scope) {
    this.folder = folder;
    this.#known = known;
    this.#outer = outer;
  }

  /** What happens in a subshell stays there. */
  copy(): Scope {
    return new Scope(this.folder, this.#known, this);
  }

  /** After what may have run or not: only what is the same either way is still known. */
  forgetWhatChangedIn(inside: Scope): void {
    if (inside.folder !== this.folder) this.folder = undefined;
    for (const name of inside.#assigned.keys()) this.#assigned.set(name, [[unknown(`$${name}`)]]);
  }

  get home(): string {
    return homeOf(this.#known);
  }

  assign(name: string, values: Values): void {
    const isTooMuch = values.length > mostValues || values.some((pieces) => lengthOf(pieces) > longestValue);
    this.#assigned.set(name, isTooMuch ? [[unknown(`$${name}`)]] : values);
  }

  /** @returns undefined where nothing is known of the variable */
  valuesOf(name: string): Values | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#outer) {
      const assigned = scope.#assigned.get(name);
      if (assigned) return assigned;
    }
    if (name === "PWD") return this.folder === undefined ? undefined : [[text(this.folder)]];
    if (name === "HOME") return [[text(this.home)]];
    const known = Object.hasOwn(this.#known, name) ? this.#known[name] : undefined;
    return known ? [[text(known)]] : undefined;
  }

  /** @param words what follows `cd` or `pushd` */
  changeFolder(words: readonly ShellWord[]): void {
    const target = words.find(({ text: word }) => !/^-[LPe@]+$|^--$/.test(word));
    if (!target) this.folder = this.home;
    else if (target.value === undefined || target.value === "-" || /^\+\d/.test(target.value)) this.folder = undefined;
    else if (this.folder !== undefined || target.value.startsWith("/")) this.folder = resolve(this.folder ?? "/", target.value);
  }
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.text.length, 0);
