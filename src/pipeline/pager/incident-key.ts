import { incidentName } from "../incidents/incident.ts";
import type { Transaction } from "../records.ts";

const noteKey = "pager:installation";

/**
 * What our incidents' keys begin with on the pager: two bots on one account do not meet. It is made at first use and kept.
 *
 * @param newId eight hexadecimal digits
 */
export async function installationOf({ notes }: Pick<Transaction, "notes">, newId: () => string): Promise<string> {
  const known = await notes.find<string>(noteKey);
  const installation = known ?? `nextrust-${newId()}`;
  if (known === undefined) await notes.put(noteKey, installation);
  return installation;
}

/** Notes that nobody writes are forgotten, and by this one the pager's open incidents are known. */
export async function keepInstallation({ notes }: Pick<Transaction, "notes">): Promise<void> {
  const known = await notes.find<string>(noteKey);
  if (known !== undefined) await notes.put(noteKey, known);
}

/** `nextrust-1a2b3c4d/i12` */
export const toIncidentKey = (installation: string, number: number): string => `${installation}/${incidentName({ number })}`;

/** The number of our incident of that key; undefined for anybody else's. */
export async function incidentOf(key: string, { notes }: Pick<Transaction, "notes">): Promise<number | undefined> {
  const installation = await notes.find<string>(noteKey);
  if (installation === undefined || !key.startsWith(`${installation}/`)) return undefined;
  return numberIn(key.slice(installation.length + 1));
}

/** The number in `i12`; undefined for anything else. */
export function numberIn(name: string): number | undefined {
  const digits = /^i([1-9]\d{0,8})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
