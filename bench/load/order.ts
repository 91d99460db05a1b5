/** What is sent: a command in Slack, a comment with a command, a comment that is not for us. */
export type Kind = "slash" | "comment" | "chatter";

export interface Order {
  readonly url: string;
  /** What the requests name as Slack's address for answers. */
  readonly apiUrl: string;
  readonly kind: Kind;
  readonly connections: number;
  /** Sent first and not counted. */
  readonly warmMs: number;
  readonly measureMs: number;
  /** Stop after this many although there is time. */
  readonly most?: number;
}

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answered with 2xx, warm-up included. */
  readonly accepted: number;
  readonly refused: number;
  /** What the server's process computed for each of them. Other work on the machine changes it little; undefined where the system does not tell. */
  readonly cpuMicros?: number;
  /** How many commands the bot's worker answered a second meanwhile. */
  readonly answeredPerSecond?: number;
}
