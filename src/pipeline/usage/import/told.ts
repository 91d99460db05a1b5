import type { Attribution, Basis, Usage } from "../usage.ts";

/** What a file does not say of its requests, said by whoever imports it. */
export interface Teller extends Pick<Attribution, "repository" | "pullRequest" | "runId" | "attempt" | "headSha" | "phase" | "actor"> {
  readonly basis: Basis;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What a line tells: a request or a sum of them, nothing that was paid for, a session whose usage was lost, or nothing that can be understood, with
 * a half-sentence that says why: `it is no JSON`.
 */
export type Told = { readonly usage: Usage } | "nothing" | "lost" | { readonly problem: string };

/** @returns the attribution of a request by what the file says, and else by the teller */
export function attributed({ repository, pullRequest, runId, attempt, headSha, phase, actor }: Teller): Attribution {
  return {
    ...(repository !== undefined && { repository }),
    ...(pullRequest !== undefined && { pullRequest }),
    ...(runId !== undefined && { runId }),
    ...(attempt !== undefined && { attempt }),
    ...(headSha !== undefined && { headSha }),
    ...(phase !== undefined && { phase }),
    ...(actor !== undefined && { actor }),
  };
}

/** @returns the object that a line of JSON is; null is none */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
