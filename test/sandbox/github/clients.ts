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

/** Commits as a person, so many times; nothing runs on it. */
export async function commitPlainly(github: GitHubSandbox, as: "ada" | "grace" | "uma", branch: string, times = 1): Promise<string> {
  const git = withToken(github, github.people[as].token);
  let sha = "";
  for (let index = 0; index < times; index++) {
    const file = `/repos/${github.repository}/contents/plain-${branch.replaceAll("/", "-")}-${as}-${index}.txt`;
    const content = Buffer.from(String(index)).toString("base64");
    sha = (await git.request(`PUT ${file}`, { message: `Step ${index}`, content, branch })).data.commit.sha;
  }
  return sha;
}
