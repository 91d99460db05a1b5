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
      .then(({ team_id = "", bot_id = "", user_id = "" }) => ({ teamId: team_id, botId: bot_id, botUserId: user_id }))
      .catch((error: unknown) => {
        known = undefined;
        throw toServiceError(error);
      });
    return known;
  };
}

/** Slack's answers that repeating does not change. */
const credentialErrors = ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"];

export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new ServiceError("Slack limits our requests for now.", {
      service: "Slack",
      retryable: true,
      retryAfterMs: error.retryAfter * 1000,
      cause: error,
    });
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    const message = credentialErrors.includes(code)
      ? "Slack refuses the bot's token."
      : code === "missing_scope"
        ? `Slack wants the scope ${"needed" in error.data ? error.data.needed : "?"} for that.`
        : `Slack refused (${code}).`;
    return new ServiceError(message, { service: "Slack", retryable: false, cause: error });
  }
  const isReached = error instanceof WebAPIHTTPError;
  const message = isReached ? "Slack has trouble answering." : "Slack cannot be reached.";
  return new ServiceError(message, {
    service: "Slack",
    retryable: isReached ? error.statusCode >= 500 : error instanceof WebAPIRequestError || error instanceof Error,
    cause: error,
  });
}

/** The code of a refusal by Slack: `users_not_found`. */
export const codeOf = (error: unknown): string | undefined => (error instanceof WebAPIPlatformError ? error.data.error : undefined);
