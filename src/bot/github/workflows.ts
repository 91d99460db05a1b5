import { z } from "zod";
import type { Workflows } from "../../pipeline/workflows.ts";
import { act } from "./act.ts";
import { coordinates, type GitHub, inRepository } from "./client.ts";
import { workflowFile } from "./documents.ts";
import { isNotFound, rethrow, toGitHubError } from "./errors.ts";
import { toRunRefusal } from "./run-refusals.ts";
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
      const acted = await act<unknown>(github, repository, (rest) =>
        rest.actions.createWorkflowDispatch({
          ...inRepository(repository),
          workflow_id: workflowId,
          ref,
          inputs: { ...inputs },
          return_run_details: true,
        }),
      );
      if ("refused" in acted) return { refusal: toRunRefusal(acted.refused), detail: acted.refused.said };
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
