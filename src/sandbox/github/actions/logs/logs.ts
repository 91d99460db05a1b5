import { randomUUID } from "node:crypto";
import type { Job } from "../job.ts";
import type { WorkflowRun } from "../run.ts";
import { jobLog } from "./job-log.ts";

// GitHub says so of its addresses.
const validMs = 60_000;

/** The logs of jobs, and the addresses given out for them. */
export class Logs {
  readonly #texts = new Map<number, string>();
  readonly #expired = new Set<number>();
  readonly #addresses = new Map<string, { readonly text: string; readonly until: number }>();

  set(jobId: number, text: string): void {
    this.#texts.set(jobId, text);
  }

  /** Loses the logs of every job that the run has had. */
  expire({ earlier, newest }: WorkflowRun): void {
    for (const { id } of [...earlier, newest].flatMap(({ jobs }) => jobs)) this.#expired.add(id);
  }

  isExpired({ id }: Job): boolean {
    return this.#expired.has(id);
  }

  /** A token that stands for the job's log as it is now, for one minute. */
  addressOf(run: WorkflowRun, job: Job): string {
    const token = randomUUID();
    this.#addresses.set(token, { text: this.#texts.get(job.id) ?? jobLog(run, job), until: Date.now() + validMs });
    return token;
  }

  /** The log behind a token, while that is valid. */
  at(token: string): string | undefined {
    const address = this.#addresses.get(token);
    return address && address.until > Date.now() ? address.text : undefined;
  }
}
