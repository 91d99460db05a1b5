import { type Channel, type ChannelModel, type ChannelName, modelsAt } from "./channel.ts";

const ways: Readonly<Record<ChannelName, string>> = {
  o3: "set OPENAI_API_KEY",
  gemini: "set GEMINI_API_KEY",
  claude: "install Claude Code there and set ANTHROPIC_API_KEY, or let it use its own login (ai.channels.claude.login)",
};

/** Why a channel cannot be asked here, and what to do. */
export const notConfigured = (name: ChannelName): string =>
  `Nobody answers as ${name} here, so nothing was asked. Whoever runs this bot can change that: ${ways[name]} (docs/ai.md).`;

/** None of its models can be asked any more, and what to do. */
export function nobodyLeft(channel: Channel, at: number): string {
  const there = modelsAt(channel, at);
  const namesOf = (models: readonly ChannelModel[]) => models.map(({ id }) => id).join(", ");
  const why =
    there.length === 0
      ? `All models of ${channel.name} have been retired (${namesOf(channel.models)})`
      : `No model of ${channel.name} has a price in config/model-pricing.json (${namesOf(there)}), so what it may cost is not known`;
  return `${why}, and nothing was asked. Whoever runs this bot can name another one in ai.channels of the settings (docs/ai.md).`;
}
