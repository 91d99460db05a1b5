/** What the load signs with, and the servers under load verify. */
export const slackSecret = "bench-slack-secret";
export const apiToken = "bench-token-of-more-than-32-characters";
export const githubSecret = "bench-github-secret";
