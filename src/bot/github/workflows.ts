import { z } from "zod";
import type { Workflows } from "../../pipeline/workflows.ts";
import { act } from "./act.ts";
import { coordinates, type GitHub, inRepository } from "./client.ts";
import { workflowFile } from "./documents/repositories.ts";
import { isNotFound, rethrow, toGitHubError } from "./errors.ts";
import { toRunRefused } from "./run-refusals.ts";
import { toRun } from "./to-run.ts";
import { toWorkflowInputs } from "./workflow-inputs.ts";

const pageSize = 100;

const Started = z.object({ workflow_run_id: z.number() });
const File = z.object({ repository: z.object({ object: z.object({ text: z.string().nullish() }).nullable() }).nullable() });

/** @param isUs whether a login is our own; an App's carries `[bot]` here */
export function githubWorkflows(github: GitHub, isUs: (login: string) => boolean): Workflows {
  return {
    async list(repository) {
      const { rest } = await github.forRepository(repository);
      const asked = { ...inRepository(repository), per_page: pageSize };
      const { data } = await rest.actions.listRepoWorkflows(asked).catch(rethrow);
      return data.workflows.filter(({ state }) => state === "active").map(({ id, name, path, html_url: url }) => ({ id, name, path, url }));
    },

    async inputs(repository, path, ref) {
      const { query } = await github.forRepository(repository);
      const text = await query(workflowFile, { ...coordinates(repository), file: `${ref}:${path}` })
        .then((answer) => File.parse(answer).repository?.object?.text)
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw toGitHubError(error);
        });
      return text ? toWorkflowInputs(text, path) : undefined;
    },

    async dispatch(repository, workflowId, ref, inputs) {
      const send = (more: { readonly return_run_details?: true }) =>
        act<unknown>(github, repository, (rest) => {
          const asked = { ...inRepository(repository), workflow_id: workflowId, ref, inputs: { ...inputs }, ...more };
          return rest.actions.createWorkflowDispatch(asked);
        });
      let acted = await send({ return_run_details: true });
      // Older servers refuse what they do not know, and then have done nothing.
      if ("refused" in acted && acted.refused.said.includes("return_run_details")) acted = await send({});
      if ("refused" in acted) return { refused: toRunRefused(acted.refused) };
      const started = Started.safeParse(acted.data);
      return started.success ? { runId: started.data.workflow_run_id } : {};
    },

    async startedSince(repository, workflowId, ref, since) {
      const { rest } = await github.forRepository(repository);
      const asked = { workflow_id: workflowId, event: "workflow_dispatch", branch: ref, per_page: pageSize };
      const { data } = await rest.actions.listWorkflowRuns({ ...inRepository(repository), ...asked }).catch(rethrow);
      const ours = data.workflow_runs.filter(({ triggering_actor: by }) => by && isUs(by.login.replace(/\[bot\]$/, "")));
      return ours.map(toRun).filter(({ createdAt }) => createdAt >= since);
    },
  };
}
