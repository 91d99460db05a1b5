import type { Measured } from "./statistics.ts";

/** Says a value with its unit; without the unit where only the number is wanted. */
export type Word = (value: number) => string;

export const perSecond: Word = (value) => `${Math.round(value).toLocaleString("en")}/s`;
export const ms: Word = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const micros: Word = (value) => `${Math.round(value)} µs`;
export const mb: Word = (value) => `${Math.round(value)} MB`;

/** The median, and in brackets between which values the rounds lay. */
export function spread({ median, least, most }: Measured, word: Word): string {
  return least === most ? word(median) : `${word(median)} [${bare(word(least))}–${bare(word(most))}]`;
}

export const ratio = (ours: Measured, peer: Measured): string => `${(ours.median / peer.median).toFixed(2)}×`;

const bare = (words: string): string => words.replace(/( |\/).*$/, "");
