import { createCheckRun, ownCheckRuns } from "../../src/bot/github/documents/own-checks.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../sandbox/github/clients.ts";

/** Makes a check run on the head of the red pull request, as the App does. */
export async function sayInCheck(github: GitHubSandbox, name: string, summary: string, label: string) {
  const app = asApp(github);
  const headSha = (await github.runs(github.pulls.red))[0]?.headSha ?? "";
  const about = { owner: "nextrust", name: "nextrust", headSha, app: Number(github.app.id), checkName: name };
  const { repository } = await app.graphql<{ repository: { id: string } }>(ownCheckRuns, about);
  const words = { output: { title: "It is red", summary }, actions: [{ label, description: "What it does", identifier: "a0" }] };
  await app.graphql(createCheckRun, { input: { repositoryId: repository.id, headSha, name, conclusion: "NEUTRAL", ...words } });
  return { look: async () => (await github.checks(github.pulls.red)).find((check) => check.name === name) };
}
