import type { Ai } from "../config/ai.ts";
import type { AiConfig } from "../config/config.ts";
import type { Channel, ChannelName, Channels } from "../pipeline/ai/channel.ts";
import type { Provider } from "../pipeline/ai/provider.ts";

/**
 * The channels that there are keys or logins for, as the settings have them.
 *
 * @param secrets values that no detail may tell
 */
export async function createChannels(
  { channels }: Pick<Ai, "channels">,
  { path, variables, openai, gemini, claude }: AiConfig,
  { secrets, now }: { readonly secrets: readonly string[]; readonly now: () => number },
): Promise<Channels> {
  const forTools = { path, ...(variables && { variables }), secrets };
  // Each is loaded only where it is asked: what one needs takes a quarter of a second.
  const ways = {
    cli: gemini && (await import("./gemini-cli.ts")).geminiCli({ ...gemini, command: channels.gemini.command, ...forTools, now }),
    api: gemini && (await import("./gemini-api.ts")).geminiApi({ ...gemini, secrets, now }),
  };
  const providers: Readonly<Record<ChannelName, readonly (Provider | undefined)[]>> = {
    o3: [openai && (await import("./openai.ts")).openAi({ ...openai, secrets, now })],
    gemini: channels.gemini.use.map((way) => ways[way]),
    claude: [claude && (await import("./claude-code.ts")).claudeCode({ ...claude, command: channels.claude.command, ...forTools })],
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
