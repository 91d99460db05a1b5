import { backoffOfCommit } from "../pipeline/backoff/of-commit.ts";
import { spentOf } from "../pipeline/budgets/in-words.ts";
import { standings } from "../pipeline/budgets/standing.ts";
import { describeVerdict, ratesOnMain } from "../pipeline/failures/describe-verdict.ts";
import { byWhom } from "../pipeline/freezes.ts";
import { partsOfPull } from "../pipeline/incidents/pulls/parts-of-pull.ts";
import { currentPhase } from "../pipeline/phases/current-phase.ts";
import { phaseSentence } from "../pipeline/phases/phase-count.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import type { Transaction } from "../pipeline/records.ts";
import { flakeLines } from "../pipeline/runner-minutes/flake-cost.ts";
import { wholeCost } from "../pipeline/runner-minutes/whole-cost.ts";
import { sessionsInWords } from "../pipeline/sessions/in-words.ts";
import { endsOf } from "../pipeline/sessions/request-ends.ts";
import { facts, type Part, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import { parseTarget, type TargetRef } from "./grammar/target.ts";
import { found, likelyHead } from "./head.ts";
import { decisionLines } from "./status-decisions.ts";
import { incidentNotes } from "./status-incidents.ts";
import { describePipeline } from "./status-reply.ts";
import { redJobs, statusSteps } from "./status-steps.ts";

const mostVerdicts = 2;
const mostObservations = 100;

export const status = defineCommand({
  name: "status",
  usage: "[#pr|branch|sha]",
  summary: "Show the pipeline of a pull request, branch or commit.",
  examples: [
    { args: "", does: "your newest open pull request, else the default branch", canBeTried: true },
    { args: "#12", does: "a pull request" },
    { args: "main", does: "a branch" },
    { args: "owner/repo#12", does: "a pull request of another repository" },
  ],
  role: "read",
  parse(args) {
    const word = args.optionalWord();
    return word === undefined ? undefined : parseTarget(word);
  },
  targetOf: (target) => target,

  async run(
    named,
    context,
    services: Pick<Services, "pipelines" | "records" | "phasePlans" | "keys" | "priceBook" | "now">,
  ): Promise<Reply> {
    const { repository } = context.target as Target;
    const [{ pipeline, note }, freeze] = await Promise.all([
      read(named, context, services),
      services.records.transaction(({ freezes }) => freezes.find(repository)),
    ]);
    const { stopped } = await backoffOfCommit(repository, pipeline.headSha, services);
    const { incidents, internals } = await services.records.transaction(async (tx) => {
      const open = await tx.incidents.open(repository);
      return {
        incidents: incidentNotes(open, pipeline, await partsOfPull(tx, pipeline)),
        internals: context.showsInternals ? [...(await sessionsOn(pipeline, tx)), ...(await spentOn(pipeline, tx, services))] : [],
      };
    });
    const reply = describePipeline(pipeline);
    const notes: Part[] = [
      ...(await verdictsOn(pipeline, context, services)),
      ...incidents.parts,
      ...(stopped === undefined ? [] : [text(stopped, "idle")]),
      ...internals,
      ...(await phaseOf(repository, services)),
      ...(freeze
        ? [text(`${repository} is frozen ${byWhom(freeze)}`, "idle"), facts({ label: "Since", value: { at: freeze.since } })]
        : []),
      ...(note ? [text(note)] : []),
    ];
    // An incident may be taken in a frozen repository, too. Slack shows three steps, of which this is one.
    const steps = freeze ? [] : statusSteps(pipeline, stopped !== undefined, context);
    const actions = [...steps.slice(0, 1), ...incidents.actions, ...steps.slice(1)];
    return { ...reply, parts: [...reply.parts, ...notes], actions };
  },
});

/** What was found out about the runs whose jobs are red. */
async function verdictsOn(
  { repository, headSha, jobs }: Pipeline,
  { showsInternals }: Context,
  { records }: Pick<Services, "records">,
): Promise<Part[]> {
  const red = new Set(redJobs({ jobs }).map(({ actions }) => actions?.runId));
  if (red.size === 0) return [];
  return records.transaction(async (tx) => {
    const found = (await tx.diagnoses.ofHead(repository, headSha)).filter(({ runId }) => red.has(runId)).slice(0, mostVerdicts);
    const flakes = showsInternals ? await flakeLines(tx, found) : new Map<number, readonly string[]>();
    const decided = new Map<number, readonly string[]>();
    for (const one of found) decided.set(one.runId, await decisionLines(tx, one));
    return found.flatMap((one) => [
      ...describeVerdict(one),
      ...[...ratesOnMain([one], one.evidence), ...(flakes.get(one.runId) ?? []), ...(decided.get(one.runId) ?? [])].map((line) =>
        text(line),
      ),
    ]);
  });
}

/** What Claude Code did at the commit, as its hooks tell. */
async function sessionsOn({ repository, headSha }: Pipeline, tx: Transaction): Promise<readonly Part[]> {
  const observed = await tx.observed.ofHead(repository, headSha, mostObservations);
  const requests = observed.filter(({ type }) => type === "request").map(({ id }) => id);
  const told = sessionsInWords(observed, await endsOf(requests, tx));
  return told === undefined ? [] : [facts({ label: "Claude Code", value: told })];
}

/** What the pull request cost in all, and how much of its budget that is; a branch goes on for ever. */
async function spentOn(
  { repository, subject }: Pipeline,
  tx: Transaction,
  services: Pick<Services, "priceBook" | "now">,
): Promise<readonly Part[]> {
  if (subject.kind !== "pull_request") return [];
  const pullRequest = subject.number;
  const [standing] = await standings([{ scope: "pr", repository, pullRequest }], tx, services);
  const budget =
    standing && standing.spentPico > 0n
      ? [facts({ label: "Its budget", value: spentOf(standing.spentPico, standing.budget.threshold.criticalPico) })]
      : [];
  return [...(await wholeCost(tx, repository, pullRequest)), ...budget];
}

/** It asks GitHub nothing, so that status stays quick. */
async function phaseOf(repository: string, services: Pick<Services, "records" | "phasePlans" | "keys">): Promise<Part[]> {
  const plan = services.phasePlans.of(repository);
  if (!plan) return [];
  const current = await services.records.transaction((tx) => currentPhase(plan, tx));
  return [text(await phaseSentence(repository, current, services))];
}

async function read(
  named: TargetRef | undefined,
  context: Context,
  { pipelines }: Pick<Services, "pipelines">,
): Promise<{ pipeline: Pipeline; note?: string }> {
  const { repository, pullRequest, ref } = context.target as Target;
  if (pullRequest !== undefined)
    return { pipeline: found(await pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository) };
  if (ref !== undefined || named) return { pipeline: found(await pipelines.ofRef(repository, ref), ref ?? "default branch", repository) };
  return likelyHead(repository, context, pipelines);
}
