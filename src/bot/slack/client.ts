import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { SlackConfig } from "../../config/config.ts";
import { ServiceError } from "../../errors.ts";
import { boltLogger } from "./bolt-logger.ts";

/** Who the token makes us. */
export interface SlackIdentity {
  readonly teamId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** The workspace's own web address, with a slash at its end. */
  readonly url: string;
}

/** Answers people wait for: no retry of its own, because a repeated post is posted twice; the outbox repeats with care. */
export function createSlackClient({ apiUrl, botToken }: SlackConfig, log: Logger): WebClient {
  return new WebClient(botToken.reveal(), {
    slackApiUrl: apiUrl,
    timeout: 5_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
  });
}

/** Asks Slack who we are, once; a failure is asked again next time. */
export function createIdentity(client: WebClient): () => Promise<SlackIdentity> {
  let known: Promise<SlackIdentity> | undefined;
  return () => {
    known ??= client.auth
      .test()
      .then(({ team_id = "", bot_id = "", user_id = "", url = "" }) => ({ teamId: team_id, botId: bot_id, botUserId: user_id, url }))
      .catch((error: unknown) => {
        known = undefined;
        throw toServiceError(error);
      });
    return known;
  };
}

const credentialErrors = ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"];

/** Slack's own trouble, said with a 200; repeating helps. */
const passingErrors = ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"];

/** Turns what Slack's client throws into our error; anything else is a bug and stays what it is. */
export function toServiceError(error: unknown): unknown {
  if (error instanceof WebAPIRateLimitedError) return failure("Slack limits our requests for now.", true, error, error.retryAfter * 1000);
  if (error instanceof WebAPIPlatformError) return fromPlatform(error);
  if (error instanceof WebAPIHTTPError) return failure("Slack has trouble answering.", error.statusCode >= 500, error);
  if (error instanceof WebAPIRequestError) return failure("Slack cannot be reached.", true, error);
  return error;
}

function fromPlatform(error: WebAPIPlatformError): ServiceError {
  const code = error.data.error;
  if (passingErrors.includes(code)) return failure("Slack has trouble answering.", true, error);
  if (credentialErrors.includes(code)) return failure("Slack refuses the bot's token.", false, error);
  const needed = "needed" in error.data ? String(error.data.needed) : "another one";
  return failure(code === "missing_scope" ? `The Slack app lacks a scope (${needed}).` : `Slack refused (${code}).`, false, error);
}

function failure(message: string, retryable: boolean, cause: unknown, retryAfterMs?: number): ServiceError {
  return new ServiceError(message, { service: "Slack", retryable, cause, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

/** The code of a refusal by Slack: `users_not_found`. */
export const codeOf = (error: unknown): string | undefined => (error instanceof WebAPIPlatformError ? error.data.error : undefined);
