export interface Annotation {
  readonly title?: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

/** `expired`: GitHub kept it and no longer does. `absent`: there is none, because the job has not ended or never began. */
export type JobLog = { readonly state: "there"; readonly bytes: AsyncIterable<Uint8Array> } | { readonly state: "expired" | "absent" };

/** What jobs left behind. Both calls throw ServiceError when GitHub cannot be asked, and UserError when the bot may not. */
export interface JobLogs {
  open(repository: string, jobId: number): Promise<JobLog>;
  /** What the job's steps marked as failures, in order; at most 100. */
  annotations(repository: string, jobId: number): Promise<readonly Annotation[]>;
}
