import { UserError } from "../errors.ts";
import { nextStep } from "../pipeline/next-step.ts";
import { currentPhase } from "../pipeline/phases/current-phase.ts";
import type { PhaseChange } from "../pipeline/phases/phase-changes.ts";
import type { PhasePlan } from "../pipeline/phases/phases.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Context } from "./command.ts";
import { nameOf } from "./phase-plan.ts";
import { postPhases } from "./phase-post.ts";

const longestReason = 500;

export interface Wanted extends Pick<PhaseChange, "kind" | "to"> {
  /** The number that the change was to have when the phases were shown. */
  readonly number: number;
  readonly reason: string | undefined;
}

/**
 * Makes another phase the current one, or begins one anew, unless somebody was faster. The change, its history, what the repository's
 * Discussion says of it and the outcome of the command are one transaction.
 *
 * @throws UserError (refused) when the phases are no longer as they were shown
 */
export function changePhase(
  plan: PhasePlan,
  { kind, to, number, reason: whole }: Wanted,
  context: Context,
  { records, discussions, now }: Pick<Services, "records" | "discussions" | "now">,
): Promise<Reply> {
  const { actor } = context;
  const { repository } = plan;
  const reason = whole?.slice(0, longestReason);
  return records.transaction(async (tx) => {
    const current = await currentPhase(plan, tx);
    const change: PhaseChange = {
      repository,
      number,
      kind,
      from: current.id,
      to,
      actor: actor.key,
      actorName: actor.name,
      at: now(),
      ...(reason !== undefined && { reason }),
    };
    if (!(await tx.phases.add(change))) {
      const who = current.since
        ? `${current.since.actorName} has changed the phase of ${repository}`
        : `The phase of ${repository} has changed`;
      const sentence = `${who} since you were shown it: it is ${nameOf(plan, current.id)} now, so nothing was done. Look with check-phase.`;
      throw new UserError("refused", "phase_moved", sentence);
    }
    await postPhases(plan, tx, { discussions });
    const reply: Reply = {
      ...done(`phase_${kind}`, text(sentenceOf(plan, change), "good")),
      audience: "thread",
      actions: [nextStep("Look at its deliverables", "check-phase", { surface: actor.surface, repository, headSha: "" })],
    };
    await context.conclude(tx, reply);
    return reply;
  });
}

function sentenceOf(plan: PhasePlan, { kind, from, to, actorName, reason }: PhaseChange): string {
  const why = reason === undefined ? "." : `: ${reason}`;
  if (kind === "set") return `${actorName} moved ${plan.repository} from ${nameOf(plan, from)} to ${nameOf(plan, to)}${why}`;
  const instead = from === to ? "" : ` instead of ${nameOf(plan, from)}`;
  return `${actorName} began ${nameOf(plan, to)} of ${plan.repository} anew${instead}${why}`;
}
