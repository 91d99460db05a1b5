import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Logger } from "pino";
import type { SlackConfig } from "../../../config/config.ts";
import { ServiceError } from "../../../errors.ts";
import type { Secret } from "../../../secret.ts";
import { boltLogger } from "../bolt-logger.ts";
import { codeOf, toServiceError } from "../client.ts";

/** What Slack must have told us to speak by Socket Mode. */
export interface SocketAccess extends Pick<SlackConfig, "apiUrl"> {
  readonly appToken: Secret;
}

/** How we ask for an address to connect to. Trying again is our own affair: Slack's client would wait for minutes and then break. */
export const requestsAsApp = (
  apiUrl: string,
): Pick<WebClientOptions, "slackApiUrl" | "timeout" | "retryConfig" | "rejectRateLimitedCalls"> => ({
  slackApiUrl: apiUrl,
  timeout: 5_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
});

const refusals: Readonly<Record<string, string>> = {
  invalid_auth: "Slack refuses the app-level token in SLACK_APP_TOKEN.",
  not_authed: "Slack refuses the app-level token in SLACK_APP_TOKEN.",
  account_inactive: "Slack refuses the app-level token in SLACK_APP_TOKEN, because it was taken back.",
  token_revoked: "Slack refuses the app-level token in SLACK_APP_TOKEN, because it was taken back.",
  not_allowed_token_type: "The token in SLACK_APP_TOKEN is none of an app.",
  missing_scope: "The token in SLACK_APP_TOKEN lacks the scope connections:write.",
};

/** What Slack's client throws when it asks for an address, as our error. */
export function toSocketError(error: unknown): unknown {
  const refusal = refusals[codeOf(error) ?? ""];
  return refusal === undefined ? toServiceError(error) : new ServiceError(refusal, { service: "Slack", retryable: false, cause: error });
}

/**
 * Asks Slack for an address that is not used, to know at start whether the token is good.
 *
 * The check throws ServiceError.
 */
export function createAppTokenCheck({ apiUrl, appToken }: SocketAccess, log: Logger): () => Promise<unknown> {
  const client = new WebClient(appToken.reveal(), { ...requestsAsApp(apiUrl), logger: boltLogger(log) });
  return () =>
    client.apps.connections.open({}).catch((error: unknown) => {
      throw toSocketError(error);
    });
}
