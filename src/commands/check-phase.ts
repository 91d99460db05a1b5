import { momentInWords } from "../pipeline/moment-in-words.ts";
import { nextStep, shortSha } from "../pipeline/next-step.ts";
import { type CurrentPhase, currentPhase } from "../pipeline/phases/current-phase.ts";
import { type Evaluation, evaluate, metAmong } from "../pipeline/phases/evaluate.ts";
import { keepPhaseCount } from "../pipeline/phases/phase-count.ts";
import { type Phase, type PhasePlan, phaseInWords } from "../pipeline/phases/phases.ts";
import { type Action, done, type Fact, facts, type Part, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand } from "./command.ts";
import { findingTable } from "./phase-findings.ts";
import { historyOf } from "./phase-history.ts";
import { hasPhases, phaseTable, planOf, takeRepository } from "./phase-plan.ts";

const fewChanges = 5;
const mostChanges = 20;

type Needs = Pick<Services, "phasePlans" | "evidence" | "pipelines" | "records" | "keys" | "now">;

export const checkPhase = defineCommand({
  name: "check-phase",
  usage: "[owner/repo@] [--history]",
  summary: "Show the current phase, which of its deliverables are met, and what comes next.",
  examples: [
    { args: "", does: "the phase of the repository spoken of here", canBeTried: true },
    { args: "--history", does: "and the last 20 changes", canBeTried: true },
    { args: "owner/repo@", does: "of another repository" },
  ],
  role: "read",
  isOffered: hasPhases,
  parse: (args) => ({ isHistory: args.switch("history"), target: takeRepository(args) }),
  targetOf: ({ target }) => target,

  async run({ isHistory }, context, services: Needs): Promise<Reply> {
    const plan = planOf(context, services);
    const { current, changes } = await services.records.transaction(async (tx) => ({
      current: await currentPhase(plan, tx),
      changes: await tx.phases.latest(plan.repository, isHistory ? mostChanges : fewChanges),
    }));
    const table = historyOf(plan, changes);
    const history = table ? [table] : [];
    if (!current.phase) return unknownPhase(plan, current, history, context);
    const headline = `Phase ${phaseInWords(current.phase)} of ${plan.repository}`;
    if (isHistory) return done("history", text(`${headline}.`), ...(history.length > 0 ? history : [text("It has never been changed.")]));

    const evaluation = await evaluate(plan, current.phase, services);
    await keepPhaseCount(plan.repository, current.phase, evaluation, services);
    const { findings } = evaluation;
    const met = metAmong(findings);
    const isComplete = findings.length > 0 && met === findings.length;
    const progress = findings.length === 0 ? "it has no deliverables to look at" : `${met} of ${findings.length} deliverables met`;
    const parts = [
      text(`${headline}: ${progress}`, isComplete ? "good" : "busy"),
      facts(...circumstances(current, evaluation)),
      ...(findings.length > 0 ? [findingTable(findings)] : []),
      ...unknownNote(evaluation),
      text(whatNext(current, isComplete)),
      ...history,
    ];
    const actions = isComplete && current.next ? await moveOn(current.next, plan, context) : [];
    return { ...done(isComplete ? "phase_complete" : "phase_open", ...parts), actions };
  },
});

function circumstances({ since }: CurrentPhase, { head, branch }: Evaluation): Fact[] {
  const began = since ? `${momentInWords(since.at)}, by ${since.actorName}` : "it was configured";
  const commit: Fact[] = head ? [{ label: "Commit", value: { text: `${branch} @${shortSha(head.headSha)}`, url: head.headUrl } }] : [];
  return [...commit, { label: "Since", value: began }];
}

function unknownNote({ findings }: Evaluation): Part[] {
  const unknown = findings.filter(({ state }) => state === "unknown").length;
  if (unknown === 0) return [];
  const subject = unknown === 1 ? "One of them could not be checked, and counts" : `${unknown} of them could not be checked, and count`;
  return [text(`${subject} as not met.`, "idle")];
}

function whatNext({ next }: CurrentPhase, isComplete: boolean): string {
  if (!next) return isComplete ? "Complete, and it is the last phase." : "It is the last phase.";
  return isComplete ? `Complete: set-phase ${next.id} moves on to ${phaseInWords(next)}.` : `Next comes ${phaseInWords(next)}.`;
}

/** For those who may. */
async function moveOn({ id }: Phase, { repository }: PhasePlan, context: Context): Promise<Action[]> {
  const command = context.commands.find(({ name }) => name === "set-phase");
  if (!command || !(await context.may(command)).isAllowed) return [];
  return [nextStep("Move on", `set-phase ${id}`, { surface: context.actor.surface, repository, headSha: "" }, "primary")];
}

function unknownPhase(plan: PhasePlan, { id }: CurrentPhase, history: readonly Part[], { prefix }: Context): Reply {
  const sentence = `${plan.repository} is in ${id}, which config/nextrust.yml no longer has. Choose one of these with ${prefix}set-phase:`;
  return done("phase_gone", text(sentence, "idle"), phaseTable(plan.phases), ...history);
}
