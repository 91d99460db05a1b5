import { cellWords, type Reply } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import type { Transaction } from "../records.ts";
import type { RequestTold } from "./event.ts";

const longestWords = 300;

const noteOf = (id: string): string => `request-end:${id}`;

/** Keeps in a few words what came of a request, for the status of its commit. */
export async function noteEnd(
  { id }: Pick<RequestTold, "id">,
  reply: Reply,
  { isOnPull }: { readonly isOnPull: boolean },
  { notes }: Pick<Transaction, "notes">,
): Promise<void> {
  await notes.put(noteOf(id), endInWords(reply, isOnPull));
}

/** What came of requests, by their ids; those of which nothing came so far are not there. */
export async function endsOf(ids: readonly string[], { notes }: Pick<Transaction, "notes">): Promise<ReadonlyMap<string, string>> {
  const ends = new Map<string, string>();
  for (const id of ids) {
    const words = await notes.find<string>(noteOf(id));
    if (words !== undefined) ends.set(id, words);
  }
  return ends;
}

function endInWords({ outcome, parts }: Reply, isOnPull: boolean): string {
  if (isOnPull) return outcome === "done" ? "answered on the pull request" : "not answered, as the pull request says";
  const said = parts.flatMap((part) =>
    part.kind === "text" ? [part.text] : part.kind === "table" ? part.rows.map(({ cells }) => cells.map(cellWords).join(": ")) : [],
  );
  return clipped(said.slice(0, outcome === "done" ? 2 : 1).join(": "), longestWords);
}
