import { UserError } from "../errors.ts";
import { matchByName } from "../pipeline/match-by-name.ts";
import { quoted } from "../pipeline/next-step.ts";
import { type CarryOutNeeds, carryOut, type Planned } from "../pipeline/operations/carry-out.ts";
import { describe } from "../pipeline/operations/describe.ts";
import { dropWaiting } from "../pipeline/operations/drop-waiting.ts";
import type { Operation } from "../pipeline/operations/operations.ts";
import { toWish } from "../pipeline/operations/to-wish.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import type { WorkflowRun } from "../pipeline/runs.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import { type Context, defineCommand } from "./command.ts";
import { headInWords, headOf, type PinnedTarget, statusStep, takePinnedTarget } from "./head.ts";

interface Input {
  readonly workflow?: string;
  readonly place: PinnedTarget;
}

export const cancel = defineCommand({
  name: "cancel",
  usage: "[workflow] [#pr|@branch]",
  summary: "Stop what runs for a commit, and the retries that wait for it.",
  examples: [
    { args: "#12", does: "every run of a pull request that goes on" },
    { args: "CI #12", does: "one workflow of it" },
    { args: "@main", does: "the runs of a branch" },
  ],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  parse(args): Input {
    const place = takePinnedTarget(args);
    const words = args.words();
    return { ...(words.length > 0 && { workflow: words.join(" ") }), place };
  },
  targetOf: ({ place }) => place.target,

  async run({ workflow, place }, context, services: CarryOutNeeds & Pick<Services, "now">) {
    const plan = async (): Promise<readonly Planned[]> => {
      const head = await headOf(place, context, services, workflow === undefined ? "cancel" : `cancel ${quoted(workflow)}`);
      const going = (await services.runs.ofCommit(head.repository, head.headSha)).filter(
        ({ isOver, needsApproval }) => !isOver && !needsApproval,
      );
      return chosen(going, workflow, head, context).map((run, index) => ({
        operation: toOperation(run, index, head, context, services.now()),
      }));
    };
    const operations = await carryOut(context.intent, plan, services);
    for (const operation of operations) if (isStopped(operation)) await dropWaiting(operation, context.actor.name, services);
    return describe(operations);
  },
});

/** Whether nobody shall wait for its run any more. */
const isStopped = ({ end }: Operation): boolean => end?.kind !== "refused" || end.reason === "already_over";

function chosen(going: readonly WorkflowRun[], typed: string | undefined, head: Pipeline, context: Context): readonly WorkflowRun[] {
  const place = headInWords(head);
  if (going.length === 0)
    throw new UserError("not_applicable", "nothing_runs", `Nothing runs on ${place}, so there is nothing to cancel.`, {
      actions: [statusStep(head, context)],
    });
  if (typed === undefined) return going;
  const named = going.map((run) => ({ name: run.workflow.name, run }));
  return [matchByName("workflow", named, typed, `that runs on ${place}`).run];
}

function toOperation(run: WorkflowRun, index: number, head: Pipeline, context: Context, askedAt: number): Planned["operation"] {
  const { intent, place } = context;
  const { repository } = head;
  return {
    id: `${intent}#${index}`,
    intent,
    kind: "cancel",
    stage: "asked",
    repository,
    runId: run.id,
    asker: toAsker(context),
    place,
    wish: toWish(head, run),
    askedAt,
  };
}
