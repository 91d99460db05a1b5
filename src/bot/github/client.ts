import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { type graphql, withCustomRequest } from "@octokit/graphql";
import { restEndpointMethods } from "@octokit/plugin-rest-endpoint-methods";
import { retry } from "@octokit/plugin-retry";
import type { Logger } from "pino";
import type { GitHubConfig } from "../../config/config.ts";
import { UserError } from "../../errors.ts";
import { GitHubError, toGitHubError } from "./errors.ts";
import { createWritePace, type WritePace } from "./write-pace.ts";

const callTimeoutMs = 10_000;
/** After 0.3 and 1.2 s: somebody is waiting for the answer. */
const readRetries = { retries: 2, retryAfterBaseValue: 300, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] };
const noRetries = { retries: 0 };
const installationTtlMs = 10 * 60_000;

/** Ways to speak to GitHub as one installation. */
export interface GitHubClient {
  /** Reads: parallel, and repeated when GitHub stumbles. */
  readonly query: typeof graphql;
  readonly rest: ReturnType<typeof restEndpointMethods>["rest"];
  /** Writes: never repeated by themselves, because a repeated write is done twice. Ask `writePace` first. */
  readonly mutate: typeof graphql;
  /** The same for what GraphQL cannot do; call it through `act`. */
  readonly restWrite: GitHubClient["rest"];
  readonly writePace: WritePace;
  /** Gets a token now, so that the first to ask need not wait for it. */
  authenticate(): Promise<void>;
}

export interface GitHub {
  /** @throws UserError when the App is not installed on the repository; ServiceError when GitHub cannot be asked */
  forRepository(repository: string): Promise<GitHubClient>;
  /** Asks GitHub who we are: the App's slug or the token's login. Throws ServiceError, not retryable when the credentials are wrong. */
  whoWeAre(): Promise<string>;
  /** The number of our App; undefined when we act by a person's token. */
  readonly appId: number | undefined;
  /** Speaks as the App itself; undefined when we act by a person's token. */
  readonly asApp: GitHubClient["rest"] | undefined;
}

/** `owner/name` as the variables that GraphQL documents ask for. */
export function coordinates(repository: string): { owner: string; name: string } {
  const [owner = "", name = ""] = repository.split("/");
  return { owner, name };
}

/** `owner/name` as REST's routes ask for it. */
export function inRepository(repository: string): { owner: string; repo: string } {
  const { owner, name } = coordinates(repository);
  return { owner, repo: name };
}

const BotOctokit = Octokit.plugin(restEndpointMethods, retry, countRetriesAnew);

/** The retry plugin counts in options that all requests share: without this, one outage would make every later retry wait for seconds. */
function countRetriesAnew({ hook }: Octokit): void {
  hook.before("request", (options) => {
    options.request = { ...options.request, retryCount: 0 };
  });
}

/** @param writeEveryMs how long until another write may be made once the burst is spent */
export function createGitHub({ apiUrl, credentials }: GitHubConfig, log: Logger, writeEveryMs?: number): GitHub {
  const clients = new Map<string, GitHubClient>();
  const installations = new Map<string, { id: string; until: number }>();

  const common = { baseUrl: apiUrl, userAgent: "nextrust", log: octokitLog(log), request: { fetch: fetchWithDeadline } };
  const asApp = "appId" in credentials ? { appId: credentials.appId, privateKey: credentials.privateKey.reveal() } : undefined;
  const appAuth = { authStrategy: createAppAuth, auth: asApp };
  const auth = (installationId: string) =>
    "token" in credentials ? { auth: credentials.token.reveal() } : { authStrategy: createAppAuth, auth: { ...asApp, installationId } };

  const appReader = new BotOctokit({ ...common, ...(asApp ? appAuth : {}), retry: readRetries });

  function clientOf(installationId: string): GitHubClient {
    const known = clients.get(installationId);
    if (known) return known;

    const reader = new BotOctokit({ ...common, ...auth(installationId), retry: readRetries });
    // One authentication for both, so that a token is asked for once.
    const writer = new BotOctokit({ ...common, authStrategy: () => reader.auth, retry: noRetries });
    const client = {
      query: withCustomRequest(reader.request),
      rest: reader.rest,
      mutate: withCustomRequest(writer.request),
      restWrite: writer.rest,
      writePace: createWritePace(writeEveryMs),
      authenticate: async () => void (await reader.auth({ type: asApp ? "installation" : "token" })),
    };
    clients.set(installationId, client);
    return client;
  }

  async function installationOf(repository: string): Promise<string> {
    const known = installations.get(repository);
    if (known && known.until > Date.now()) return known.id;

    const { data } = await appReader.rest.apps.getRepoInstallation(inRepository(repository));
    installations.set(repository, { id: String(data.id), until: Date.now() + installationTtlMs });
    return String(data.id);
  }

  return {
    appId: asApp && Number(asApp.appId),
    asApp: asApp && appReader.rest,

    async forRepository(repository) {
      if (!asApp) return clientOf("token");
      try {
        return clientOf(await installationOf(repository));
      } catch (error) {
        const failure = toGitHubError(error);
        if (!(failure instanceof GitHubError && failure.status === 404)) throw failure;
        const sentence = `The GitHub App is not installed on ${repository}, or there is no such repository.`;
        throw new UserError("not_applicable", "not_installed", sentence);
      }
    },

    async whoWeAre() {
      try {
        const octokit = new BotOctokit({ ...common, ...(asApp ? appAuth : auth("token")), retry: noRetries });
        if (!asApp) return (await octokit.rest.users.getAuthenticated()).data.login;
        return (await octokit.rest.apps.getAuthenticated()).data?.slug ?? "app";
      } catch (error) {
        throw toGitHubError(error);
      }
    },
  };
}

/** Octokit waits for ever by itself. */
function fetchWithDeadline(url: string, init: RequestInit = {}): Promise<Response> {
  const deadline = AbortSignal.timeout(callTimeoutMs);
  return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, deadline]) : deadline });
}

function octokitLog(log: Logger) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message: string) => log.debug({ octokit: message }, "Octokit warned"),
    error: (message: string) => log.debug({ octokit: message }, "Octokit reported an error"),
  };
}
