import type { Channel, ChannelModel, Channels } from "./channel.ts";

/** What vendors have said of when their models go, until the process ends: whoever starts asks them again. */
export interface Retirements {
  /** At that moment, in milliseconds since the epoch; what was said last counts. */
  note(model: string, retiresAt: number): void;
  /** The channels, whose models go when the settings or their vendors say so, whichever is sooner. */
  over(channels: Channels): Channels;
}

export function createRetirements(): Retirements {
  const said = new Map<string, number>();
  const sooner = (model: ChannelModel): ChannelModel => {
    const retiresAt = Math.min(model.retiresAt ?? Number.POSITIVE_INFINITY, said.get(model.id) ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(retiresAt) ? { ...model, retiresAt } : model;
  };
  const withSooner = (channel: Channel): Channel => ({ ...channel, models: channel.models.map(sooner) });
  return {
    note: (model, retiresAt) => void said.set(model, retiresAt),
    over: (channels) => ({
      of(name) {
        const channel = channels.of(name);
        return channel && withSooner(channel);
      },
    }),
  };
}
