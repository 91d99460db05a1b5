import { UserError } from "../errors.ts";
import { backoffOfCommit } from "../pipeline/backoff/of-commit.ts";
import { ratesOnMain } from "../pipeline/failures/describe-verdict.ts";
import { matchByName } from "../pipeline/match-by-name.ts";
import { quoted } from "../pipeline/next-step.ts";
import { type CarryOutNeeds, carryOut, type Planned } from "../pipeline/operations/carry-out.ts";
import { describe } from "../pipeline/operations/describe.ts";
import type { Operation } from "../pipeline/operations/operations.ts";
import { planRetry } from "../pipeline/operations/plan-retry.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import type { WorkflowRun } from "../pipeline/runs.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import { defineCommand } from "./command.ts";
import { headInWords, headOf, type PinnedTarget, takePinnedTarget } from "./head.ts";
import { nothingToRetry } from "./nothing-to-retry.ts";

interface Input {
  /** Absent for all that failed. */
  readonly job?: string;
  readonly debug: boolean;
  readonly place: PinnedTarget;
}

export const retryJob = defineCommand({
  name: "retry-job",
  usage: "<job>|--failed [--debug] [#pr|@branch]",
  summary: "Run a failed job again, or all that failed; a run that still goes is waited for.",
  examples: [
    { args: "--failed #12", does: "all failed jobs of a pull request" },
    { args: "test-rust #12", does: "one job, by as much of its name as makes it the only one" },
    { args: '"test / Unit Tests" #12', does: "a name with spaces" },
    { args: "--failed --debug @main", does: "a branch, with debug logging" },
  ],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  parse(args): Input {
    const isAll = args.switch("failed");
    const debug = args.switch("debug");
    const place = takePinnedTarget(args);
    const words = args.words();
    if (isAll && words.length > 0) {
      throw new UserError("invalid", "job_and_failed", "Name a job or say --failed, not both: --failed retries every job that failed.");
    }
    if (isAll) return { debug, place };
    return { job: words.length > 0 ? words.join(" ") : args.word("a job's name, or --failed"), debug, place };
  },
  targetOf: ({ place }) => place.target,

  async run({ job, debug, place }, context, services: CarryOutNeeds & Pick<Services, "now">) {
    const plan = async () => {
      const typed = `retry-job ${job === undefined ? "--failed" : quoted(job)}${debug ? " --debug" : ""}`;
      const head = await headOf(place, context, services, typed, { allJobs: true });
      const wanted = job === undefined ? undefined : matchByName("job", head.jobs, job, `on ${headInWords(head)}`);
      const runs = await services.runs.ofCommit(head.repository, head.headSha);
      const underWay = await retriesOf(runs, head.repository, services);
      const { jobs: failures } = await backoffOfCommit(head.repository, head.headSha, services);
      const planned = planRetry({
        underWay,
        head,
        runs,
        failures,
        debug,
        now: services.now(),
        asker: toAsker(context),
        place: context.place,
        intent: context.intent,
        ...(wanted && { wanted }),
      });
      if (planned.length === 0) throw nothingToRetry(head, runs, wanted, context);
      return withRates(planned, head, services);
    };
    return describe(await carryOut(context.intent, plan, services));
  },
});

/** With how often the jobs fail elsewhere too, as far as that was found out. */
async function withRates(
  planned: readonly Planned[],
  { repository, headSha }: Pipeline,
  { records }: Pick<Services, "records">,
): Promise<readonly Planned[]> {
  const found = await records.transaction(({ diagnoses }) => diagnoses.ofHead(repository, headSha));
  return planned.map((one) => {
    const { wish, runId } = one.operation;
    const ofRun = found.filter((diagnosis) => diagnosis.runId === runId);
    const rates = ratesOnMain(ofRun.map(({ jobs }) => ({ jobs: jobs.filter(({ name }) => wish.jobs.includes(name)) })));
    return rates.length === 0 ? one : { ...one, operation: { ...one.operation, wish: { ...wish, rates } } };
  });
}

/** What others asked for and what goes on, so that it is joined. */
async function retriesOf(
  runs: readonly WorkflowRun[],
  repository: string,
  { records }: Pick<Services, "records">,
): Promise<readonly Operation[]> {
  const going = runs.filter(({ isOver }) => !isOver);
  if (going.length === 0) return [];
  const open = await records.transaction(async ({ operations }) => {
    const found: Operation[] = [];
    for (const { id } of going) found.push(...(await operations.openOf(repository, id)));
    return found;
  });
  return open.filter(({ kind, stage }) => kind === "retry" && stage !== "waiting");
}
