import { UserError } from "../errors.ts";
import { currentPhase, nextNumber } from "../pipeline/phases/current-phase.ts";
import { evaluate } from "../pipeline/phases/evaluate.ts";
import { phaseInWords } from "../pipeline/phases/phases.ts";
import { text } from "../reply.ts";
import type { Services } from "../services.ts";
import { changePhase } from "./change-phase.ts";
import { defineCommand, type NoQuestion, type Question } from "./command.ts";
import { findingTable } from "./phase-findings.ts";
import { hasPhases, phaseOf, planOf, takeRepository } from "./phase-plan.ts";

type Needs = Pick<Services, "phasePlans" | "evidence" | "pipelines" | "records" | "discussions" | "now">;

export const setPhase = defineCommand({
  name: "set-phase",
  usage: "<phase-id> [owner/repo@] [-- reason]",
  summary: "Make another phase the current one; asks first while deliverables of the present one are not met.",
  examples: [
    { args: "phase-2", does: "move on to it" },
    { args: "phase-2 -- the toolchain is pinned", does: "with the reason, for the history" },
    { args: "phase-2 owner/repo@", does: "in another repository" },
  ],
  role: "write",
  isMutating: true,
  isOffered: hasPhases,
  parse: (args) => ({ target: takeRepository(args), id: args.word("a phase, such as phase-2"), reason: args.reason }),
  targetOf: ({ target }) => target,

  async ask({ id }, context, services: Needs): Promise<Question | NoQuestion> {
    const plan = planOf(context, services);
    const wanted = phaseOf(plan, id);
    const current = await services.records.transaction((tx) => currentPhase(plan, tx));
    if (current.id === wanted.id) {
      const sentence = `${plan.repository} is in ${phaseInWords(wanted)} already. To begin it anew, use reset-phase.`;
      throw new UserError("not_applicable", "already_in_phase", sentence);
    }
    const agreedTo = { number: nextNumber(current) };
    if (!current.phase) return { agreedTo };
    const open = (await evaluate(plan, current.phase, services)).findings.filter(({ state }) => state !== "met");
    if (open.length === 0) return { agreedTo };

    const amount = `${open.length} of ${current.phase.deliverables.length}`;
    const left = `${amount} deliverables of ${phaseInWords(current.phase)} ${open.length === 1 ? "is" : "are"} not met`;
    return {
      parts: [text(`${left}. Move ${plan.repository} on to ${phaseInWords(wanted)} all the same?`), findingTable(open)],
      label: "Move on all the same",
      confirm: { title: "Move on?", text: `${amount} deliverables of ${current.id} are not met.` },
      agreedTo,
    };
  },

  async run({ id, reason }, context, services: Needs, agreedTo) {
    const plan = planOf(context, services);
    const { number } = agreedTo as { number: number };
    return changePhase(plan, { kind: "set", to: phaseOf(plan, id).id, number, reason }, context, services);
  },
});
