import { createHash } from "node:crypto";
import type { LedgerEntry } from "./ledger.ts";
import { allTokens, type Basis } from "./usage.ts";

const digits = 16;
const latest = 9_000_000_000_000_000;
const padded = (number: number): string => String(number).padStart(digits, "0");

/** That it is metered is assumed where nobody says who pays. */
const saysMore: Readonly<Record<Basis, string>> = { metered: "0", free: "1", subscription: "2" };

/**
 * Which of several tellings of one request stays: the one whose precedence is the greatest as text. The fullest one, then one that is not the
 * copy in a sub-agent's file, then the one that says most of what it was for and who pays, then the earliest, then one with a price.
 * The rest only makes sure that any order of arrival ends alike, and that two imports which name different pull requests do not end as a
 * mixture of both; the price itself has no say, so that what was priced once is not priced anew when the price book has changed.
 */
export function precedenceOf(entry: LedgerEntry): string {
  const { costPico, pricedBy: _, basis, statedPico, tokens, ...rest } = entry;
  const { session, repository, pullRequest, runId, attempt, headSha, phase, actor, reservation } = entry;
  const attribution = [session, repository, pullRequest, runId, attempt, headSha, phase, actor, reservation];
  const said = attribution.filter((each) => each !== undefined);
  const canonical = Object.entries({ ...rest, ...tokens, stated: `${statedPico}` }).toSorted(byName);
  return [
    padded(allTokens(tokens)),
    entry.isSidechain ? "0" : "1",
    said.length,
    saysMore[basis],
    padded(latest - entry.at),
    costPico === undefined ? "0" : "1",
    hashOf([repository, pullRequest, phase, actor]),
    hashOf(canonical),
  ].join(":");
}

const hashOf = (value: unknown): string => createHash("sha1").update(JSON.stringify(value)).digest("hex").slice(0, digits);

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);
