import { parse } from "yaml";
import * as z from "zod";
import type { Emulated } from "../emulated.ts";
import { pathOfWorkflow, type Workflow, WorkflowFile } from "./workflow.ts";

const Contents = z.object({ content: z.string() });

/** What the workflow's file says at a branch or commit, or undefined where it is not. */
export async function readWorkflowFile(emulated: Emulated, repository: string, workflow: Workflow, ref: string) {
  const path = `/repos/${repository}/contents/${pathOfWorkflow(workflow)}?ref=${encodeURIComponent(ref)}`;
  const contents = await emulated.read(Contents, path);
  return contents && WorkflowFile.parse(parse(Buffer.from(contents.content, "base64").toString()));
}
