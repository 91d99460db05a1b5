import { UserError } from "../errors.ts";
import { nearest } from "../pipeline/nearest.ts";
import { type Phase, type PhasePlan, phaseInWords } from "../pipeline/phases/phases.ts";
import type { Table } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Context, Target } from "./command.ts";
import type { Arguments } from "./grammar/arguments.ts";
import type { TargetRef } from "./grammar/target.ts";

type Needs = Pick<Services, "phasePlans">;

/** Whether there are phases to speak of. */
export const hasPhases = (repository: string | undefined, { phasePlans }: Needs): boolean =>
  repository !== undefined && phasePlans.of(repository) !== undefined;

/** @throws UserError (not_applicable) that says what to configure */
export function planOf({ target }: Pick<Context, "target">, { phasePlans }: Needs): PhasePlan {
  const { repository } = target as Target;
  const plan = phasePlans.of(repository);
  if (plan) return plan;
  const sentence = `${repository} has no phases. A maintainer can describe them in config/nextrust.yml, under phases.`;
  throw new UserError("not_applicable", "no_phases", sentence);
}

/** Takes `owner/repo@` out of the arguments. Throws UserError (invalid): a phase is the whole repository's. */
export function takeRepository(args: Arguments): TargetRef | undefined {
  const target = args.target();
  if (target?.pullRequest === undefined && target?.ref === undefined) return target;
  throw new UserError("invalid", "not_a_repository", "A phase is the whole repository's: name one as in owner/repo@, or none.");
}

/** @throws UserError (invalid) that offers the nearest ids, and lists all of them */
export function phaseOf({ repository, phases }: PhasePlan, id: string): Phase {
  const found = phases.find((phase) => phase.id === id.toLowerCase());
  if (found) return found;
  const near = nearest(
    id.toLowerCase(),
    phases.map((phase) => phase.id),
  );
  const offer = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  throw new UserError("invalid", "unknown_phase", `${repository} has no phase “${id}”.${offer} There are:`, {
    parts: [phaseTable(phases)],
  });
}

export const phaseTable = (phases: readonly Phase[]): Table => ({
  kind: "table",
  columns: ["Phase", "Name"],
  rows: phases.map(({ id, name }) => ({ cells: [id, name] })),
});

/** The phase as it is called, or its id alone where the configuration no longer has it. */
export const nameOf = ({ phases }: PhasePlan, id: string): string => {
  const phase = phases.find((one) => one.id === id);
  return phase ? phaseInWords(phase) : id;
};
