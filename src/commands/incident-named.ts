import { UserError } from "../errors.ts";
import { incidentStep } from "../pipeline/incidents/describe.ts";
import { type Incident, incidentName } from "../pipeline/incidents/incident.ts";
import type { Services } from "../services.ts";
import type { Arguments } from "./grammar/arguments.ts";
import type { TargetRef } from "./grammar/target.ts";
import { incidentTable } from "./incident-table.ts";

/** An incident as it is typed: `i12`, `I12` or `12`; the only open one where none is. */
export interface NamedIncident {
  readonly number?: number;
  readonly target?: TargetRef;
}

const written = /^i?([1-9]\d{0,8})$/i;

export const isIncident = (word: string): boolean => written.test(word);

/** Takes `i12` and `owner/repo@` out of the arguments. Throws UserError (invalid). */
export function takeIncident(args: Arguments): NamedIncident {
  const target = takeItsRepository(args);
  const word = args.optionalWord();
  return { ...(target && { target }), ...(word !== undefined && { number: toNumber(word) }) };
}

/** Takes `owner/repo@` out of the arguments. Throws UserError (invalid): an incident is no pull request's. */
export function takeItsRepository(args: Arguments): TargetRef | undefined {
  const target = args.target();
  if (target?.pullRequest === undefined && target?.ref === undefined) return target;
  const sentence = "An incident is the whole repository's and is written i12: name a repository as in i12 owner/repo@, or none.";
  throw new UserError("invalid", "not_a_repository", sentence);
}

/** @throws UserError (invalid) */
export function toNumber(word: string): number {
  const [, digits] = written.exec(word) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new UserError("invalid", "bad_incident", `“${word.slice(0, 60)}” is no incident: it is written i12.`);
}

/** Ways to say which of several is meant become a menu from so many on. */
const mostButtons = 3;

/**
 * The incident's number: what was named, else the only one that is open.
 *
 * @param verb the command, to be offered for each where several are open
 * @param rest its arguments besides: ` 1h`
 * @throws UserError where none is named and it is not plain which is meant
 */
export async function numberOf(
  { number }: NamedIncident,
  verb: string,
  rest: string,
  repository: string,
  { records }: Pick<Services, "records">,
): Promise<number> {
  if (number !== undefined) return number;
  const open = await records.transaction(({ incidents }) => incidents.open(repository));
  const [only, second] = open;
  if (only && !second) return only.number;
  if (!only) throw new UserError("not_applicable", "nothing_open", `No incident is open in ${repository}.`);
  const sentence = `${open.length} incidents are open in ${repository}, so nothing was done. Say which, as in ${verb} ${incidentName(only)}${rest}`;
  const offer = (one: Incident) => incidentStep(incidentName(one), verb, one, rest);
  throw new UserError("invalid", "several_open", sentence, {
    parts: [incidentTable(open)],
    ...(open.length > mostButtons ? { choice: { label: "Which one?", options: open.map(offer) } } : { actions: open.map(offer) }),
  });
}
