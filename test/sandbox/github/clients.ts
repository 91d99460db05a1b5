import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import type { GitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** The App as the bot is, on its installation: real Octokit with the App's own key. */
export function asApp({ url, app }: GitHubSandbox): Octokit {
  const auth = { appId: app.id, privateKey: app.privateKey, installationId: app.installationId };
  return new Octokit({ baseUrl: url, log: quiet, authStrategy: createAppAuth, auth });
}

/** The App before it knows its installation. */
export function asAppItself({ url, app }: GitHubSandbox, privateKey = app.privateKey): Octokit {
  return new Octokit({ baseUrl: url, log: quiet, authStrategy: createAppAuth, auth: { appId: app.id, privateKey } });
}

export const withToken = ({ url }: GitHubSandbox, token: string): Octokit => new Octokit({ baseUrl: url, log: quiet, auth: token });

/** The status that a call was refused with. */
export async function statusOf(call: Promise<unknown>): Promise<number> {
  return call.then(
    () => 200,
    (error: { status?: number }) => error.status ?? 0,
  );
}
