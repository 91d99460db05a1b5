import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { type graphql, withCustomRequest } from "@octokit/graphql";
import { restEndpointMethods } from "@octokit/plugin-rest-endpoint-methods";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck";
import type { Logger } from "pino";
import type { GitHubConfig } from "../../config/config.ts";
import { UserError } from "../../errors.ts";
import { toServiceError } from "./errors.ts";

const callTimeoutMs = 10_000;
/** After 0.3 and 1.2 s: somebody is waiting for the answer. */
const readRetries = { retries: 2, retryAfterBaseValue: 300 };
const installationTtlMs = 10 * 60_000;

/** GitHub asks for serial writes, about one a second; a short burst is fine, and lets an answer follow its reaction at once. */
const writePace = {
  maxConcurrent: 1,
  reservoir: 5,
  reservoirIncreaseAmount: 1,
  reservoirIncreaseInterval: 1_000,
  reservoirIncreaseMaximum: 5,
};

/** Two ways to speak to GitHub as one installation. */
export interface GitHubClient {
  /** Reads: parallel, and repeated when GitHub stumbles. */
  readonly query: typeof graphql;
  readonly rest: ReturnType<typeof restEndpointMethods>["rest"];
  /** Writes: spaced as GitHub asks, never repeated by themselves, because a repeated write is done twice. */
  readonly mutate: typeof graphql;
}

export interface GitHub {
  /** @throws UserError when the App is not installed on the repository; ServiceError when GitHub cannot be asked */
  forRepository(repository: string): Promise<GitHubClient>;
  /** Asks GitHub who we are: the App's slug or the token's login. Throws ServiceError, not retryable when the credentials are wrong. */
  whoWeAre(): Promise<string>;
}

/** `owner/name` as the variables that GraphQL documents ask for. */
export function coordinates(repository: string): { owner: string; name: string } {
  const [owner = "", name = ""] = repository.split("/");
  return { owner, name };
}

const ReadOctokit = Octokit.plugin(restEndpointMethods, retry);
const WriteOctokit = Octokit.plugin(restEndpointMethods, throttling);

export function createGitHub({ apiUrl, credentials }: GitHubConfig, log: Logger): GitHub {
  const clients = new Map<string, GitHubClient>();
  const installations = new Map<string, { id: string; until: number }>();

  const writes = new Bottleneck.Group(writePace);
  const common = { baseUrl: apiUrl, userAgent: "nextrust", log: octokitLog(log), request: { fetch: fetchWithDeadline } };
  const asApp = "appId" in credentials ? { appId: credentials.appId, privateKey: credentials.privateKey.reveal() } : undefined;
  const auth = (installationId: string) =>
    asApp
      ? { authStrategy: createAppAuth, auth: { ...asApp, installationId } }
      : "token" in credentials
        ? { auth: credentials.token.reveal() }
        : {};

  function clientOf(installationId: string): GitHubClient {
    const known = clients.get(installationId);
    if (known) return known;

    const reader = new ReadOctokit({ ...common, ...auth(installationId), retry: readRetries });
    const writer = new WriteOctokit({
      ...common,
      ...auth(installationId),
      throttle: { id: installationId, write: writes, ...throttleLimits(log) },
    });
    const client = { query: withCustomRequest(reader.request), rest: reader.rest, mutate: withCustomRequest(writer.request) };
    clients.set(installationId, client);
    return client;
  }

  async function installationOf(repository: string): Promise<string> {
    const known = installations.get(repository);
    if (known && known.until > Date.now()) return known.id;

    const { owner, name } = coordinates(repository);
    const app = new ReadOctokit({ ...common, authStrategy: createAppAuth, auth: asApp, retry: readRetries });
    const { data } = await app.rest.apps.getRepoInstallation({ owner, repo: name });
    installations.set(repository, { id: String(data.id), until: Date.now() + installationTtlMs });
    return String(data.id);
  }

  return {
    async forRepository(repository) {
      if (!asApp) return clientOf("token");
      try {
        return clientOf(await installationOf(repository));
      } catch (error) {
        const failure = toServiceError(error);
        if (failure.status !== 404) throw failure;
        throw new UserError(
          "not_applicable",
          "not_installed",
          `The GitHub App is not installed on ${repository}, or there is no such repository.`,
        );
      }
    },

    async whoWeAre() {
      try {
        const octokit = new ReadOctokit({
          ...common,
          ...(asApp ? { authStrategy: createAppAuth, auth: asApp } : auth("token")),
          retry: { retries: 0 },
        });
        if (!asApp) return (await octokit.rest.users.getAuthenticated()).data.login;
        return (await octokit.rest.apps.getAuthenticated()).data?.slug ?? "app";
      } catch (error) {
        throw toServiceError(error);
      }
    },
  };
}

/** Octokit waits for ever by itself. */
function fetchWithDeadline(url: string, init: RequestInit = {}): Promise<Response> {
  const deadline = AbortSignal.timeout(callTimeoutMs);
  return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, deadline]) : deadline });
}

/** A limit that ends soon is waited for; a longer one is the outbox's to wait for. */
function throttleLimits(log: Logger) {
  const waitIfShort = (what: string) => (retryAfterS: number, _options: object, _octokit: object, retryCount: number) => {
    log.warn({ what, retryAfterS }, "GitHub limits our requests");
    return retryAfterS <= 5 && retryCount < 1;
  };
  return { onRateLimit: waitIfShort("rate limit"), onSecondaryRateLimit: waitIfShort("secondary rate limit") };
}

function octokitLog(log: Logger) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message: string) => log.debug({ octokit: message }, "Octokit warned"),
    error: (message: string) => log.debug({ octokit: message }, "Octokit reported an error"),
  };
}
