import type { Json } from "../json.ts";
import type { Notes } from "../policy/notes.ts";
import type { ToldReview } from "./describe-review.ts";
import type { ReviewOf } from "./review-state.ts";

/** What the summary of a review was told with beside its findings, to tell it again when one of them cannot stand beside its line. */
export type ToldWith = Omit<ToldReview, "state">;

const keyOf = ({ repository, pullRequest, channel }: ReviewOf): string =>
  `review-told:${repository.toLowerCase()}#${pullRequest}:${channel}`;

/** With the node id of the pull request, on which it stands. */
export interface StoredTold extends ToldWith {
  readonly subjectId: string;
}

export async function storeTold(notes: Pick<Notes, "put">, of: ReviewOf, { costPico, ...told }: StoredTold): Promise<void> {
  await notes.put(keyOf(of), { ...told, ...(costPico !== undefined && { costPico: String(costPico) }) } as unknown as Json);
}

export async function findTold(notes: Pick<Notes, "find">, of: ReviewOf): Promise<StoredTold | undefined> {
  const found = await notes.find<Omit<StoredTold, "costPico"> & { readonly costPico?: string }>(keyOf(of));
  if (!found) return undefined;
  const { costPico, ...told } = found;
  return { ...told, ...(costPico !== undefined && { costPico: BigInt(costPico) }) };
}
