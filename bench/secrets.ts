/** What the load signs with, and the servers under load verify. */
export const slackSecret = "bench-slack-secret";
export const githubSecret = "bench-github-secret";
