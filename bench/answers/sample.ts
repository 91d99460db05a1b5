export type Asked = "slash" | "comment" | "retry" | "logs";

/** How long one person waited. */
export interface Sample {
  readonly asked: Asked;
  /** Cold: the bot had just started with empty state. */
  readonly caches: "warm" | "cold";
  /** The acknowledgement's text in Slack, the first reaction on GitHub. */
  readonly firstMs: number;
  readonly answerMs: number;
}
