import { ServiceError } from "../../errors.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { GitHubError, toGitHubError } from "./errors.ts";

/** GitHub said no: nothing was done, and `status` and `said` tell why. */
export interface Refused {
  readonly status: number;
  readonly said: string;
}

/**
 * Changes something on GitHub, once: a call that got no clear answer is not repeated.
 *
 * @returns what GitHub answered, or that it refused
 * @throws ServiceError; its effect is `maybe_done` where GitHub may have acted although we did not hear so
 */
export async function act<T>(
  github: GitHub,
  repository: string,
  call: (rest: GitHubClient["rest"]) => Promise<{ readonly status: number; readonly data: T }>,
): Promise<{ readonly data: T } | { readonly refused: Refused }> {
  const { restWrite, writePace } = await github.forRepository(repository);
  // What people wait for goes first; comments and reactions follow at their pace.
  writePace.take();
  try {
    return { data: (await call(restWrite)).data };
  } catch (error) {
    const failure = toGitHubError(error);
    if (!(failure instanceof GitHubError)) throw failure;
    const { status, said, retryable, cause } = failure;
    if (status !== undefined && status < 500) {
      if (retryable || status === 401) throw failure;
      return { refused: { status, said } };
    }
    throw new ServiceError(failure.message, { service: "GitHub", retryable, effect: "maybe_done", cause });
  }
}
