import { exactUsd, type PicoUsd } from "../../pipeline/usage/money.ts";

/** What vendors' pages say: the price of a million tokens, every digit of it. */
export const ofMillion = (ofOne: PicoUsd): string => exactUsd(ofOne * 1_000_000n);

/** `2026-11-23`, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, "yyyy-mm-dd".length);
