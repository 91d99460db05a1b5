import { GraphqlResponseError } from "@octokit/graphql";
import { ServiceError } from "../../errors.ts";

/** GitHub failed; `status` is its HTTP status when it answered at all. */
export class GitHubError extends ServiceError {
  readonly status: number | undefined;
  /** What GitHub said about it, as it said it. */
  readonly said: string;

  constructor(message: string, failure: ConstructorParameters<typeof ServiceError>[1], status?: number) {
    super(message, failure);
    this.status = status;
    this.said = (isHttpError(failure.cause) && failure.cause.response?.data?.message) || "";
  }
}

/** Turns what Octokit throws into our error, with what it means for a retry; anything else is a bug and stays what it is. */
export function toGitHubError(error: unknown): unknown {
  if (error instanceof GraphqlResponseError) return fromGraphql(error);
  if (isHttpError(error)) return fromStatus(error);
  const isTimeout = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
  return isTimeout ? new GitHubError("GitHub did not answer in time.", { service: "GitHub", retryable: true, cause: error }) : error;
}

/** For the `catch` of a call to Octokit. */
export function rethrow(error: unknown): never {
  throw toGitHubError(error);
}

/** Whether GraphQL answered that there is no such thing, or that we may not see it, which it does not tell apart. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GraphqlResponseError && (error.errors ?? []).every(({ type }) => type === "NOT_FOUND");
}

/** Whether GraphQL answered that we lack a permission. */
export function isForbidden(error: unknown): boolean {
  return error instanceof GraphqlResponseError && (error.errors ?? []).some(({ type }) => (type as string | undefined) === "FORBIDDEN");
}

/** Whether GraphQL answered that what was asked for cannot be done as it stands. */
export function isUnprocessable(error: unknown): boolean {
  return (
    error instanceof GraphqlResponseError && (error.errors ?? []).every(({ type }) => (type as string | undefined) === "UNPROCESSABLE")
  );
}

interface HttpError extends Error {
  readonly status: number;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: { readonly documentation_url?: string; readonly message?: string };
  };
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && "status" in error && typeof error.status === "number" && "request" in error;
}

function fromGraphql(error: GraphqlResponseError<unknown>): GitHubError {
  const types = (error.errors ?? []).map(({ type }) => type as string | undefined);
  if (types.includes("RATE_LIMITED")) return limited(limitedForMs, error);
  if (types.includes("FORBIDDEN")) return new GitHubError(notAllowed, { service: "GitHub", retryable: false, cause: error });
  // An error without a type is GitHub's own trouble ("Something went wrong while executing your query"), and passes.
  const retryable = types.includes(undefined);
  return new GitHubError("GitHub could not answer the question.", { service: "GitHub", retryable, cause: error });
}

/** GitHub asks for at least a minute where it does not say how long. */
const limitedForMs = 60_000;

const notAllowed = "GitHub does not let the bot do that.";

function limited(retryAfterMs: number, cause: Error, status?: number): GitHubError {
  return new GitHubError("GitHub limits our requests for now.", { service: "GitHub", retryable: true, retryAfterMs, cause }, status);
}

function fromStatus(error: HttpError): GitHubError {
  const { status } = error;
  // Octokit gives a request that never got an answer the status 500 and no response.
  if (!error.response) return new GitHubError("GitHub cannot be reached.", { service: "GitHub", retryable: true, cause: error });

  const headers = error.response.headers ?? {};
  const waitMs = Number(headers["retry-after"] ?? 0) * 1000 || Number(headers["x-ratelimit-reset"] ?? 0) * 1000 - Date.now();
  const isSecondary = error.response.data?.documentation_url?.includes("secondary-rate-limits") ?? false;
  const isSpent = isSecondary || headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0";
  if (status === 429 || (status === 403 && isSpent)) return limited(waitMs > 0 ? waitMs : limitedForMs, error, status);

  const messages: Record<number, string> = {
    401: "GitHub refuses the bot's credentials.",
    403: notAllowed,
    404: "GitHub finds no such thing.",
  };
  const message = messages[status] ?? (status >= 500 ? "GitHub has trouble answering." : "GitHub refused the request.");
  return new GitHubError(message, { service: "GitHub", retryable: status >= 500, cause: error }, status);
}
