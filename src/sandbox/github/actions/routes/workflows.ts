import { type Answer, json } from "../../answer.ts";
import type { Call } from "../../route.ts";
import { renderWorkflow } from "../render/workflow.ts";
import { repositoryIn, workflowIn } from "./known.ts";
import { answerPage } from "./page.ts";

export async function listWorkflows(call: Call): Promise<Answer> {
  const { world } = call;
  const repository = repositoryIn(call);
  return answerPage(call, "workflows", world.actions.workflowsOf(repository), (one) => renderWorkflow(world.url, repository, one));
}

export async function getWorkflow(call: Call, idOrFile: string): Promise<Answer> {
  return json(200, renderWorkflow(call.world.url, repositoryIn(call), workflowIn(call, idOrFile)));
}
