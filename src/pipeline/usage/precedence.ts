import { createHash } from "node:crypto";
import type { LedgerEntry } from "./ledger.ts";
import { allTokens } from "./usage.ts";

const digits = 16;
const latest = 9_000_000_000_000_000;
const padded = (number: number): string => String(number).padStart(digits, "0");

/**
 * Which of several tellings of one request stays: the one whose precedence is the greatest as text. The fullest one, then one that is not the
 * copy in a sub-agent's file, then the one that says most of what it was for, then the earliest. A basis that is not `metered` was said by
 * somebody, and `metered` is what is taken where nobody says. The rest only makes sure that any order of arrival ends alike, and that two
 * imports which name different pull requests do not end as a mixture of both.
 */
export function precedenceOf(entry: LedgerEntry): string {
  const { costPico, statedPico, tokens, ...rest } = entry;
  const { basis, session, repository, pullRequest, runId, phase, actor, reservation } = entry;
  const said = [session, repository, pullRequest, runId, phase, actor, reservation, basis === "metered" ? undefined : basis];
  const canonical = Object.entries({ ...rest, ...tokens, cost: `${costPico}`, stated: `${statedPico}` }).toSorted(byName);
  return [
    padded(allTokens(tokens)),
    entry.isSidechain ? "0" : "1",
    said.filter((each) => each !== undefined).length,
    padded(latest - entry.at),
    hashOf([repository, pullRequest, phase, actor, basis]),
    hashOf(canonical),
  ].join(":");
}

const hashOf = (value: unknown): string => createHash("sha1").update(JSON.stringify(value)).digest("hex").slice(0, digits);

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);
