import { noTokens, plusTokens, type Tokens, type Usage } from "../../pipeline/usage/usage.ts";
import type { Context } from "../context.ts";
import { readPortion } from "../usage/read-portion.ts";
import { transcriptFiles } from "../usage/transcript-files.ts";

const mostMs = 2_000;

/** By model what the transcripts of a session hold of another one: a fork begins with a copy of what it was forked from. */
export function copiedTokens(session: string, transcript: string, { journal, now }: Context): ReadonlyMap<string, Tokens> {
  const copies = new Map<string, Usage>();
  const until = performance.now() + mostMs;
  for (const path of transcriptFiles(transcript)) {
    for (const { usage } of requestsIn(path, now(), until)) {
      const counted = journal().requests.sessionOf(usage.id);
      if (counted !== undefined && counted !== session) copies.set(usage.id, usage);
    }
  }
  const sums = new Map<string, Tokens>();
  for (const { model, tokens } of copies.values()) sums.set(model, plusTokens(sums.get(model) ?? noTokens, tokens));
  return sums;
}

function* requestsIn(path: string, now: number, until: number) {
  for (let mark: Parameters<typeof readPortion>[1]; performance.now() < until; ) {
    const portion = readPortion(path, mark, { basis: "metered", now }, () => false);
    if (portion === undefined) return;
    yield* portion.captured;
    if (portion.isEnd) return;
    mark = portion.mark;
  }
}
