import { type Answer, json } from "../../answer.ts";
import { Refused } from "../../emulated.ts";
import type { Call } from "../../route.ts";
import { isWaitingForApproval, statusOf } from "../run.ts";
import { readWorkflowFile } from "../workflow-file.ts";
import { runIn } from "./known.ts";

export async function cancel(call: Call, id: string): Promise<Answer> {
  const run = runIn(call, id);
  if (statusOf(run.newest) === "completed") throw new Refused(409, "Cannot cancel a workflow run that is completed.");

  void call.world.runner.cancel(run);
  return json(202, {});
}

export async function approve(call: Call, id: string): Promise<Answer> {
  const { world } = call;
  const run = runIn(call, id);
  if (!isWaitingForApproval(run)) throw new Refused(403, "This run is not from a fork pull request or does not wait for approval");
  const file = await readWorkflowFile(world.emulated, run.repository, run.workflow, run.headSha);

  void world.runner.approve(run, file?.jobNames ?? []);
  return json(201, {});
}
