import type { Effort, Provider } from "./provider.ts";

/** Roles, named after who played them first: o3 helps with designs, Gemini reviews, Claude Code looks into failures. Which model it is says the configuration. */
export const channelNames = ["o3", "gemini", "claude"] as const;
export type ChannelName = (typeof channelNames)[number];

/** A model that a channel asks, until it is taken away. */
export interface ChannelModel {
  readonly id: string;
  /** The first moment (milliseconds since the epoch) at which it is no more. */
  readonly retiresAt?: number;
}

export interface Channel {
  readonly name: ChannelName;
  /** In the order in which they are asked: the next one stands in where one cannot be used. Never empty. */
  readonly providers: readonly Provider[];
  /** The model, and those that succeed it. */
  readonly models: readonly ChannelModel[];
  readonly effort?: Effort;
  /** How long one call may take with all that is tried, in milliseconds. */
  readonly deadlineMs: number;
  /** Tokens of an answer at most. */
  readonly mostOut: number;
}

/** The channels that can be asked here. */
export interface Channels {
  of(name: ChannelName): Channel | undefined;
}

/** Those of its models that are there at that moment, in order. */
export const modelsAt = ({ models }: Pick<Channel, "models">, at: number): readonly ChannelModel[] =>
  models.filter(({ retiresAt = Number.POSITIVE_INFINITY }) => at < retiresAt);
