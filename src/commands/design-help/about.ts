import { plainLine } from "../../pipeline/ai/plain-text.ts";
import type { DesignAbout } from "../../pipeline/design/wish.ts";
import { currentPhase } from "../../pipeline/phases/current-phase.ts";
import { phaseInWords } from "../../pipeline/phases/phases.ts";
import type { Pipeline } from "../../pipeline/pipelines.ts";
import type { Services } from "../../services.ts";
import type { Context, Target } from "../command.ts";
import { found } from "../head.ts";
import { phaseOf, planOf } from "../phase-plan.ts";
import type { DesignQuestion } from "./question.ts";

type Needs = Pick<Services, "phasePlans" | "pipelines" | "records">;

/** What belongs to the question, as far as it is known here. */
interface About {
  readonly about: DesignAbout;
  readonly phase?: string;
  readonly context?: string;
}

/**
 * Looks up the phase, the pull request that it is about, and what failed there last.
 *
 * @throws UserError (invalid) for a phase that is not there, (not_applicable) for such a pull request
 */
export async function aboutDesign(wanted: DesignQuestion, context: Context, services: Needs): Promise<About> {
  const { repository, pullRequest } = context.target as Target;
  const phase = await phaseFor(wanted.phase, context, services);
  const pull =
    pullRequest === undefined
      ? undefined
      : found(await services.pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository);
  const known = [
    ...(pull ? [pullInWords(pull)] : []),
    ...(pull && wanted.error === undefined ? await failureInWords(pull, services) : []),
    ...(wanted.below === undefined ? [] : [`Written below the question:\n${wanted.below}`]),
  ];
  const { account, name } = context.actor;
  return {
    about: {
      repository,
      ...(pullRequest !== undefined && { pullRequest }),
      ...(pull && { headSha: pull.headSha }),
      ...(phase && { phase: phase.id }),
      actor: account?.login ?? name,
    },
    ...(phase && { phase: phase.words }),
    ...(known.length > 0 && { context: known.join("\n") }),
  };
}

async function phaseFor(named: string | undefined, context: Context, { phasePlans, records }: Needs) {
  if (named !== undefined) {
    const phase = phaseOf(planOf(context, { phasePlans }), named);
    return { id: phase.id, words: phaseInWords(phase) };
  }
  const plan = phasePlans.of((context.target as Target).repository);
  if (!plan) return undefined;
  const { id, phase, next } = await records.transaction((tx) => currentPhase(plan, tx));
  const after = next ? `; next comes ${phaseInWords(next)}` : "";
  return { id, words: `${phase ? phaseInWords(phase) : id}${after}` };
}

function pullInWords({ subject, repository }: Pipeline): string {
  if (subject.kind !== "pull_request") return `It is about ${repository}.`;
  return `It is about the pull request #${subject.number} of ${repository}: ${plainLine(subject.title, 200)}`;
}

/** The first error of the newest failure at its head that was looked into. */
async function failureInWords({ repository, headSha }: Pipeline, { records }: Needs): Promise<readonly string[]> {
  const diagnoses = await records.transaction((tx) => tx.diagnoses.ofHead(repository, headSha));
  const job = diagnoses.flatMap(({ jobs }) => jobs).find(({ firstError }) => firstError !== undefined);
  return job ? [`There the job ${plainLine(job.name, 100)} failed, and its first error is: ${plainLine(job.firstError ?? "", 300)}`] : [];
}
