import { askApi } from "./ask-api.ts";
import { missing, type Service, unchecked, works, wrong } from "./service.ts";

const tokenLine = "export GITHUB_TOKEN=…    # https://github.com/settings/tokens, or: gh auth token";

export const usualGitHub = "https://api.github.com";

export const gitHubHeaders = (token: string) => ({
  authorization: `Bearer ${token}`,
  accept: "application/vnd.github+json",
  "x-github-api-version": "2022-11-28",
  "user-agent": "nextrust",
});

export const github: Service = {
  name: "GitHub",
  purpose: "the state of pipelines in a terminal, and the list of secrets below",

  async look({ variables, repository, isOffline }) {
    const { GITHUB_TOKEN: token, GITHUB_API_URL: base = usualGitHub } = variables;
    if (token === undefined) return missing("GITHUB_TOKEN is not set.", tokenLine);
    if (isOffline) return unchecked("GITHUB_TOKEN is set.");
    // Tokens of Actions and of Apps are nobody's, so who they are cannot be asked.
    const path = repository === undefined ? "rate_limit" : `repos/${repository}`;
    const { status, problem } = await askApi(`${base.replace(/\/+$/, "")}/${path}`, gitHubHeaders(token));
    if (status === 200)
      return works(repository === undefined ? "GITHUB_TOKEN is taken." : `GITHUB_TOKEN is taken, and sees ${repository}.`);
    if (status === 401) return wrong("GITHUB_TOKEN is not taken.", tokenLine);
    if (status === 403 || status === 404) return wrong(`GITHUB_TOKEN is taken, but may not see ${repository ?? "anything"}.`, tokenLine);
    return wrong(`Whether GITHUB_TOKEN is good is not known: ${problem}`);
  },
};
