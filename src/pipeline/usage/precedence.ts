import { createHash } from "node:crypto";
import type { LedgerEntry } from "./ledger.ts";
import { allTokens } from "./usage.ts";

const digits = 16;
const latest = 9_000_000_000_000_000;
const padded = (number: number): string => String(number).padStart(digits, "0");

/**
 * Which of several tellings of one request stays: the one whose precedence is the greatest as text. The fullest one, then one that is not the
 * copy in a sub-agent's file, then the earliest; the rest only makes sure that any order of arrival ends alike.
 */
export function precedenceOf(entry: LedgerEntry): string {
  const { costPico, statedPico, tokens, ...rest } = entry;
  const canonical = Object.entries({ ...rest, ...tokens, cost: `${costPico}`, stated: `${statedPico}` }).toSorted(byName);
  const tie = createHash("sha1").update(JSON.stringify(canonical)).digest("hex").slice(0, digits);
  return [padded(allTokens(tokens)), entry.isSidechain ? "0" : "1", padded(latest - entry.at), tie].join(":");
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);
