import { priceCauseOf } from "./ccusage-price-cause.ts";
import { asTheirs, type CcusageTokens, type Known, minus, type Named, type Ours, type Pair, type Theirs } from "./ccusage-usage.ts";

const claudeCode = "claude-code";
const none: CcusageTokens = { uncachedIn: 0, cacheRead: 0, cacheWrite: 0, out: 0 };

/** Why a pair is not the same. */
export function causeOf(pair: Pair, known: Known): Named {
  const { theirs, ours } = pair;
  const excess = minus(theirs?.tokens ?? none, ours ? asTheirs(ours.tokens) : none);
  if (theirs && ours && isNothing(excess)) return priceCauseOf(theirs, ours, pair.facts, known.book);
  return (
    repeated(pair, excess) ??
    untold(pair, excess) ??
    elsewhere(pair, excess, known) ??
    (theirs === undefined ? notThere(ours, known) : ours === undefined ? notHere : byTime(theirs, ours, known)) ?? {
      cause: "unexplained",
      why: `tokens differ by ${excess.join(", ")} (input, cache read, cache write, output)`,
    }
  );
}

const isNothing = (excess: readonly number[]): boolean => excess.every((count) => count === 0);
const isEqual = (one: readonly number[], other: readonly number[]): boolean => one.every((count, at) => count === other[at]);
const isSomething = (tokens: CcusageTokens): boolean => !isNothing(minus(tokens, none));

function repeated({ facts }: Pair, excess: readonly number[]): Named | undefined {
  if (!facts) return undefined;
  const { repeatedWithoutRequest: again, blankRequest: blank } = facts;
  if (isSomething(again) && isEqual(excess, minus(again, none)))
    return {
      cause: "repeated without a request id",
      why: "ccusage counts a message each time that it is told without a request id; here it counts once",
    };
  if (isSomething(blank) && isEqual(excess, minus(none, blank)))
    return {
      cause: "blank request id left out there",
      why: "ccusage leaves messages out whose request id is there and blank; here they count",
    };
  return undefined;
}

function untold({ facts, ours }: Pair, excess: readonly number[]): Named | undefined {
  if (!facts?.ownTotal || !ours || excess.some((count) => count > 0)) return undefined;
  if (!isNothing(minus(facts.ownTotal, asTheirs(ours.tokens)))) return undefined;
  return {
    cause: "in no transcript",
    why: "here it is what Claude Code itself counted: it writes some requests into no transcript, such as those that compact a conversation",
  };
}

/** A message that is in the transcripts of two sessions counts in one of them: here and there not always in the same one. */
function elsewhere(pair: Pair, excess: readonly number[], { pairs }: Known): Named | undefined {
  const { copied } = pair.facts ?? {};
  if (copied && isSomething(copied) && isEqual(excess, minus(copied, none)))
    return { cause: "counted in another session", why: "a fork begins with a copy of another session, where these messages count here" };
  const other = pairs.find((each) => {
    if (each.model !== pair.model || each.session === pair.session) return false;
    const [there, here] = [each.theirs?.tokens ?? none, each.ours ? asTheirs(each.ours.tokens) : none];
    return isEqual(minus(here, there), excess);
  });
  return (
    other && {
      cause: "counted in another session",
      why: `the same tokens are ${excess.some((count) => count > 0) ? "here" : "there"} in session ${other.session}`,
    }
  );
}

function notThere(ours: Ours | undefined, { transcribed }: Known): Named | undefined {
  if (ours === undefined) return undefined;
  if (ours.service !== claudeCode) return { cause: "not there", why: `ccusage was asked for Claude Code, and this is of ${ours.service}` };
  if (transcribed && !transcribed.has(ours.session)) return { cause: "not there", why: "its transcript is not on this machine" };
  return undefined;
}

const notHere: Named = { cause: "missing here", why: "nothing of it was imported: run nextrust import" };

/** ccusage tells the last activity of a whole session. */
function byTime(theirs: Theirs, ours: Ours, { pairs }: Known): Named | undefined {
  if (theirs.lastAt === undefined) return undefined;
  const excess = minus(theirs.tokens, asTheirs(ours.tokens));
  const lastAt = Math.max(...pairs.filter(({ session }) => session === ours.session).map((pair) => pair.ours?.lastAt ?? 0));
  if (theirs.lastAt > lastAt && excess.every((count) => count >= 0))
    return {
      cause: "newer there",
      why: `the session went on until ${iso(theirs.lastAt)}, and here it ends ${iso(lastAt)}: run nextrust import`,
    };
  if (theirs.lastAt < lastAt && excess.every((count) => count <= 0))
    return { cause: "newer here", why: `here the session goes on until ${iso(lastAt)}, and there it ends ${iso(theirs.lastAt)}` };
  return undefined;
}

const iso = (at: number): string => new Date(at).toISOString();
