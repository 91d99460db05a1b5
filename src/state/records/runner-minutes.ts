import type { Kysely } from "kysely";
import type { RunnerKey, RunnerMinutes, RunnerSum } from "../../pipeline/runner-minutes/runner-minutes.ts";
import { findFlakes } from "./runner-flakes.ts";
import { dearestFirst, fits, type SpendRow, spendColumns, toSpend } from "./runner-spend.ts";
import type { RecordTables } from "./tables.ts";

const columns = {
  pr: ["runner_jobs.repository_key", "runner_runs.pull_request"],
  job: ["runner_jobs.name"],
  workflow: ["runner_jobs.workflow"],
  label: ["runner_jobs.label"],
  repository: ["runner_jobs.repository_key"],
} as const;

export function kyselyRunnerMinutes(db: Kysely<RecordTables>): RunnerMinutes {
  return {
    async record({ repository, costPico, ...job }) {
      await db
        .insertInto("runner_jobs")
        .values({
          repository,
          repository_key: repository.toLowerCase(),
          run_id: job.runId,
          attempt: job.attempt,
          job_id: job.jobId,
          name: job.name,
          workflow: job.workflow,
          head_sha: job.headSha,
          label: job.label,
          started_at: job.startedAt,
          ended_at: job.endedAt,
          conclusion: job.conclusion,
          billed_ms: job.billedMs,
          basis: job.basis,
          cost_pico: costPico ?? null,
        })
        .onConflict((conflict) => conflict.columns(["repository_key", "job_id", "attempt"]).doNothing())
        .execute();
    },

    async place(repository, runId, pullRequest, at) {
      await db
        .insertInto("runner_runs")
        .values({ repository_key: repository.toLowerCase(), run_id: runId, pull_request: pullRequest, placed_at: at })
        .onConflict((conflict) => conflict.columns(["repository_key", "run_id"]).doNothing())
        .execute();
    },

    async sums(query, by) {
      const grouped = [...new Set(by.flatMap((key) => columns[key]))];
      const rows = await db
        .selectFrom("runner_jobs")
        .leftJoin("runner_runs", (join) =>
          join
            .onRef("runner_runs.repository_key", "=", "runner_jobs.repository_key")
            .onRef("runner_runs.run_id", "=", "runner_jobs.run_id"),
        )
        .select([...grouped])
        .select((row) => [
          row.fn.max("runner_jobs.repository").as("shown_repository"),
          row.fn.countAll<number>().as("jobs"),
          ...spendColumns,
        ])
        .where((row) =>
          row.and([
            fits(query)(row),
            ...(query.pullRequest === undefined ? [] : [row("runner_runs.pull_request", "=", query.pullRequest)]),
          ]),
        )
        .$if(grouped.length > 0, (all) => all.groupBy([...grouped]))
        .execute();
      const sums = rows.filter(({ jobs }) => Number(jobs) > 0).map((row) => toSum(row as unknown as SpendRow, by));
      return sums.toSorted(dearestFirst);
    },

    flakes: (query) => findFlakes(db, query),
  };
}

function toSum(row: SpendRow, by: readonly RunnerKey[]): RunnerSum {
  const named = (key: RunnerKey): string | undefined => {
    if (key === "pr") return row.pull_request === null ? undefined : `${row.shown_repository}#${row.pull_request}`;
    return String(row[{ job: "name", workflow: "workflow", label: "label", repository: "shown_repository" }[key]]);
  };
  return { group: by.map(named), jobs: Number(row.jobs), ...toSpend(row) };
}
