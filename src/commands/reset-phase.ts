import { currentPhase, nextNumber } from "../pipeline/phases/current-phase.ts";
import { phaseInWords } from "../pipeline/phases/phases.ts";
import { text } from "../reply.ts";
import type { Services } from "../services.ts";
import { changePhase } from "./change-phase.ts";
import { defineCommand, type Question } from "./command.ts";
import { hasPhases, nameOf, phaseOf, planOf, takeRepository } from "./phase-plan.ts";

type Needs = Pick<Services, "phasePlans" | "records" | "discussions" | "now">;

export const resetPhase = defineCommand({
  name: "reset-phase",
  usage: "<phase-id> [owner/repo@] [-- reason]",
  summary: "Begin a phase anew: it is the current one, started now; asks first.",
  examples: [
    { args: "phase-1", does: "begin it anew" },
    { args: "phase-1 -- the emulator was replaced", does: "with the reason, for the history" },
    { args: "phase-1 owner/repo@", does: "in another repository" },
  ],
  role: "write",
  isMutating: true,
  isOffered: hasPhases,
  parse: (args) => ({ target: takeRepository(args), id: args.word("a phase, such as phase-1"), reason: args.reason }),
  targetOf: ({ target }) => target,

  async ask({ id }, context, services: Needs): Promise<Question> {
    const plan = planOf(context, services);
    const wanted = phaseOf(plan, id);
    const current = await services.records.transaction((tx) => currentPhase(plan, tx));
    const instead = current.id === wanted.id ? "" : ` ${plan.repository} then leaves ${nameOf(plan, current.id)}.`;
    return {
      parts: [text(`Begin ${phaseInWords(wanted)} of ${plan.repository} anew, started now?${instead} The history keeps what was.`)],
      label: "Begin it anew",
      confirm: { title: "Begin the phase anew?", text: `${wanted.id} of ${plan.repository} counts as started now.` },
      agreedTo: { number: nextNumber(current) },
    };
  },

  async run({ id, reason }, context, services: Needs, agreedTo) {
    const plan = planOf(context, services);
    const { number } = agreedTo as { number: number };
    return changePhase(plan, { kind: "reset", to: phaseOf(plan, id).id, number, reason }, context, services);
  },
});
