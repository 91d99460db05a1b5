import * as z from "zod";
import { type Answer, bodyOf, json } from "../../answer.ts";
import { Refused } from "../../emulated.ts";
import { Commit } from "../../resources.ts";
import type { Call } from "../../route.ts";
import type { Input } from "../workflow.ts";
import { readWorkflowFile } from "../workflow-file.ts";
import { repositoryIn, workflowIn } from "./known.ts";
import { authorOf } from "./permission.ts";

const Body = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  return_run_details: z.boolean().optional(),
});

const mostInputs = 25;
/** How long the run of a dispatch is not there yet, when its details were not asked for. */
const startsAfterMs = 20;

const unprocessable = (message: string) => new Refused(422, message);

export async function dispatch(call: Call, idOrFile: string): Promise<Answer> {
  const { world } = call;
  const repository = repositoryIn(call);
  const workflow = workflowIn(call, idOrFile);
  const { ref, inputs = {}, return_run_details = false } = Body.parse(bodyOf(call.request));
  const branch = ref.replace(/^refs\/heads\//, "");
  const head = await world.emulated.read(Commit, `/repos/${repository}/commits/refs/heads/${branch}`);
  if (!head) throw unprocessable(`No ref found for: ${ref}`);
  const file = await readWorkflowFile(world.emulated, repository, workflow, head.sha);
  if (!file?.dispatch) throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  check(file.dispatch, inputs);

  const jobs = Object.fromEntries(file.jobNames.map((name) => [name, "queued" as const]));
  const about = { repository, workflow, event: "workflow_dispatch" as const, headSha: head.sha, headBranch: branch };
  const added = { ...about, title: titleOf(file, inputs), actor: authorOf(call).login, jobs };
  if (!return_run_details) {
    world.runner.beginLater(added, startsAfterMs);
    return { status: 204, headers: {}, body: "" };
  }
  const run = world.actions.addRun(added);
  void world.runner.requested(run);
  const path = `${repository}/actions/runs/${run.id}`;
  return json(200, { workflow_run_id: run.id, run_url: `${world.url}/repos/${path}`, html_url: `${world.url}/${path}` });
}

/** What the file names its runs by; of GitHub's expressions only inputs are known here. */
function titleOf(
  { name, runName = name }: { name: string; runName?: string | undefined },
  inputs: Readonly<Record<string, unknown>>,
): string {
  return runName.replaceAll(/\$\{\{\s*inputs\.([\w-]+)\s*\}\}/g, (_, input) => String(inputs[input] ?? ""));
}

/** @throws Refused for inputs that the workflow would not take */
function check(declared: Readonly<Record<string, Input>>, inputs: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(inputs);
  if (names.length > mostInputs) throw unprocessable(`No more than ${mostInputs} inputs may be given`);
  const unexpected = names.filter((name) => !Object.hasOwn(declared, name));
  if (unexpected.length > 0) throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  for (const [name, input] of Object.entries(declared)) checkOne(name, input, inputs[name]);
}

function checkOne(name: string, { required, type, default: preset, options }: Input, value: unknown): void {
  if (value === undefined || value === "") {
    if (required && preset === undefined) throw unprocessable(`Required input '${name}' not provided`);
    return;
  }
  const text = String(value);
  if (type === "choice" && !options?.includes(text)) {
    throw unprocessable(`Provided value '${text}' for input '${name}' not in the list of allowed values`);
  }
  if (type === "boolean" && text !== "true" && text !== "false") {
    throw unprocessable(`Provided value '${text}' for input '${name}' is not a boolean`);
  }
  if (type === "number" && !Number.isFinite(Number(text))) {
    throw unprocessable(`Provided value '${text}' for input '${name}' is not a number`);
  }
}
