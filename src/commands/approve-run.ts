import { UserError } from "../errors.ts";
import type { Json } from "../pipeline/json.ts";
import { type CarryOutNeeds, carryOut } from "../pipeline/operations/carry-out.ts";
import { describe } from "../pipeline/operations/describe.ts";
import type { Wish } from "../pipeline/operations/operations.ts";
import { toWish } from "../pipeline/operations/to-wish.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { facts, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import { type Context, defineCommand, type Question, type Target } from "./command.ts";
import { headInWords, headOf, type PinnedTarget, statusStep, takePinnedTarget } from "./head.ts";

type Needs = CarryOutNeeds & Pick<Services, "now">;

/** What was shown, and nothing that came later, is what is approved. */
interface Agreed {
  readonly headSha: string;
  readonly runs: readonly { readonly runId: number; readonly wish: Wish }[];
}

export const approveRun = defineCommand({
  name: "approve-run",
  usage: "[#pr]",
  summary: "Let the waiting run of a pull request from a fork go, after a look at what it would run.",
  examples: [{ args: "#12", does: "let the runs of a pull request from a fork go" }],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  parse: (args): PinnedTarget => takePinnedTarget(args),
  targetOf: ({ target }) => target,

  async ask(place, context, services: Needs): Promise<Question> {
    const head = await headOf(place, context, services, "approve-run");
    const runs = (await services.runs.ofCommit(head.repository, head.headSha)).filter(({ needsApproval }) => needsApproval);
    if (runs.length === 0) {
      throw new UserError("not_applicable", "nothing_waits", `No run waits for an approval on ${headInWords(head)}.`, {
        actions: [statusStep(head, context)],
      });
    }
    const names = runs.map(({ workflow }) => workflow.name).join(", ");
    const agreed: Agreed = { headSha: head.headSha, runs: runs.map((run) => ({ runId: run.id, wish: toWish(head, run) })) };
    return {
      parts: [
        text(`Let ${names} run on ${headInWords(head)}?`),
        facts({ label: "Written by", value: author(head) }, { label: "Commit", value: { text: head.headSha, url: head.headUrl } }),
        text("It runs their code on your runners. Look at the changes first, above all those under .github/workflows."),
      ],
      label: "Approve the run",
      confirm: { title: "Approve the run?", text: `The code of ${author(head)} on ${headInWords(head)} runs: ${names}` },
      agreedTo: agreed as unknown as Json,
    };
  },

  async run(place, context, services: Needs, agreedTo) {
    const { headSha, runs } = agreedTo as unknown as Agreed;
    const plan = async () => {
      await headOf({ ...place, sha: headSha }, context, services, "approve-run");
      return runs.map(({ runId, wish }, index) => ({ operation: toOperation(runId, wish, index, context, services.now()) }));
    };
    return describe(await carryOut(context.intent, plan, services));
  },
});

const author = ({ subject }: Pipeline): string =>
  subject.kind === "pull_request" ? `${subject.author}${subject.isFork ? ", in a fork" : ""}` : "whoever pushed it";

function toOperation(runId: number, wish: Wish, index: number, context: Context, askedAt: number) {
  const { intent, place } = context;
  const { repository } = context.target as Target;
  return {
    id: `${intent}#${index}`,
    intent,
    kind: "approve",
    stage: "asked",
    repository,
    runId,
    asker: toAsker(context),
    place,
    wish,
    askedAt,
  } as const;
}
