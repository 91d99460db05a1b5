import type { Transaction } from "../records.ts";
import type { Incident } from "./incident.ts";

/** The open incident with the same error, which speaks for all: the oldest one that is itself part of nothing. */
export async function parentOf(
  { incidents }: Transaction,
  repository: string,
  signatures: readonly string[],
): Promise<Incident | undefined> {
  const open = await incidents.open(repository);
  return open.findLast((one) => one.outage === undefined && one.signatures.some((signature) => signatures.includes(signature)));
}
