import type { AiConfig } from "../config/config.ts";
import type { Ai } from "../config/ai.ts";
import type { Channel, ChannelName, Channels } from "../pipeline/ai/channel.ts";
import type { Provider } from "../pipeline/ai/provider.ts";
import { claudeCode } from "./claude-code.ts";
import { geminiApi } from "./gemini-api.ts";
import { geminiCli } from "./gemini-cli.ts";
import { openAi } from "./openai.ts";

/** The channels that there are keys or logins for, as the settings have them. */
export function createChannels({ channels }: Pick<Ai, "channels">, config: AiConfig, secrets: readonly string[]): Channels {
  const { openai, gemini, claude } = config;
  const ways = {
    cli: gemini && geminiCli({ ...gemini, command: channels.gemini.command, secrets }),
    api: gemini && geminiApi({ ...gemini, secrets }),
  };
  const providers: Readonly<Record<ChannelName, readonly (Provider | undefined)[]>> = {
    o3: [openai && openAi({ ...openai, secrets })],
    gemini: channels.gemini.use.map((way) => ways[way]),
    claude: [claude && claudeCode({ ...claude, command: channels.claude.command, secrets })],
  };
  const all = new Map(
    Object.entries(providers).flatMap(([name, some]) => {
      const usable = some.filter((one) => one !== undefined);
      return usable.length === 0 ? [] : [[name, toChannel(name as ChannelName, usable, channels)] as const];
    }),
  );
  return { of: (name) => all.get(name) };
}

function toChannel(name: ChannelName, providers: readonly Provider[], settings: Ai["channels"]): Channel {
  const { models, effort, timeoutSeconds, maxOutputTokens } = settings[name];
  return {
    name,
    providers,
    models: models.map(({ id, retires }) => ({ id, ...(retires !== undefined && { retiresAt: Date.parse(retires) }) })),
    effort,
    deadlineMs: timeoutSeconds * 1000,
    mostOut: maxOutputTokens,
  };
}
