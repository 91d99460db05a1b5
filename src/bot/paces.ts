/** How often we write, at most. */
export interface Paces {
  /** Between two messages in one channel of Slack, in milliseconds. */
  readonly slackMs: number;
  /** Between two writes of one installation on GitHub, after a short burst, in milliseconds. */
  readonly githubMs: number;
}

/** What Slack and GitHub ask for: about one message a second in a channel, and about one write a second. */
export const paces: Paces = { slackMs: 1_000, githubMs: 1_000 };
