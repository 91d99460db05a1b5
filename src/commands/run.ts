import { UserError } from "../errors.ts";
import { checkInputs } from "../pipeline/check-inputs.ts";
import { matchByName } from "../pipeline/match-by-name.ts";
import { describe } from "../pipeline/operations/describe.ts";
import { startWorkflow } from "../pipeline/operations/start-workflow.ts";
import type { Workflow } from "../pipeline/workflows.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import type { TargetRef } from "./grammar/target.ts";
import { found } from "./head.ts";

interface Input {
  readonly workflow: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly target?: TargetRef;
}

export const run = defineCommand({
  name: "run",
  usage: "<workflow> [key=value…] [#pr|@branch]",
  summary: "Start a workflow by hand, with its inputs checked, and tell how it ends.",
  examples: [
    { args: "nightly", does: "start a workflow on the default branch" },
    { args: "release version=1.2.3 channel=beta", does: "give it inputs" },
    { args: "release.yml version=1.2.3 @main", does: "by its file name, on a branch" },
  ],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  parse(args): Input {
    const target = args.target();
    const inputs = args.pairs();
    const words = args.words();
    return { workflow: words.length > 0 ? words.join(" ") : args.word("the workflow's name or file"), inputs, ...(target && { target }) };
  },
  targetOf: ({ target }) => target,

  async run(input, context, services: Pick<Services, "pipelines" | "workflows" | "runs" | "records" | "now" | "wait">) {
    const { repository } = context.target as Target;
    const plan = async () => {
      const workflow = chosen(await services.workflows.list(repository), input.workflow, repository);
      const branch = await branchOf(context, services);
      const declared = await services.workflows.inputs(repository, workflow.path, branch);
      if (!declared) {
        const sentence = `${workflow.name} cannot be started by hand on ${branch}: its file has no workflow_dispatch trigger there, or there is no such branch.`;
        throw new UserError("not_applicable", "not_dispatchable", sentence);
      }
      return { workflow, branch, declared, inputs: checkInputs(workflow.name, declared, input.inputs) };
    };
    const { intent, place } = context;
    return describe([await startWorkflow({ intent, place, repository, asker: toAsker(context) }, plan, services)]);
  },
});

function chosen(workflows: readonly Workflow[], typed: string, repository: string): Workflow {
  const file = typed.toLowerCase().replace(/\.ya?ml$/, "");
  const byFile = workflows.filter(
    ({ path }) =>
      path
        .toLowerCase()
        .split("/")
        .at(-1)
        ?.replace(/\.ya?ml$/, "") === file,
  );
  return byFile.length === 1 && byFile[0] ? byFile[0] : matchByName("workflow", workflows, typed, `in ${repository}`);
}

/** What is named, else the branch of the pull request that this is asked on, else the default branch. */
async function branchOf({ target }: Context, { pipelines }: Pick<Services, "pipelines">): Promise<string> {
  const { repository, pullRequest, ref } = target as Target;
  if (ref !== undefined) return ref;
  const pipeline =
    pullRequest === undefined
      ? found(await pipelines.ofRef(repository), "default branch", repository)
      : found(await pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository);
  const { subject } = pipeline;
  if (subject.kind === "ref") return subject.name;
  if (!subject.isFork) return subject.branch;
  const sentence = `#${subject.number} comes from a fork, and a workflow can be started only on a branch of ${repository}. Name one: @main`;
  throw new UserError("not_applicable", "is_fork", sentence);
}
