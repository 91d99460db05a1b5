import type { Logger } from "pino";
import type { Channels } from "../pipeline/ai/channel.ts";
import type { Provider } from "../pipeline/ai/provider.ts";

/**
 * The channels, of which the log has what their providers say when they cannot answer. What stays wrong stands there once: until it is something else,
 * or the provider answers again.
 */
export function loggingFailures(channels: Channels, log: Logger): Channels {
  const known = new WeakMap<Provider, Provider>();
  const logged = (provider: Provider): Provider => {
    const before = known.get(provider) ?? logging(provider, log);
    known.set(provider, before);
    return before;
  };
  return {
    of(name) {
      const channel = channels.of(name);
      return channel && { ...channel, providers: channel.providers.map(logged) };
    },
  };
}

function logging(provider: Provider, log: Logger): Provider {
  let last: string | undefined;
  return {
    ...provider,
    async ask(call) {
      const answer = await provider.ask(call);
      const said = answer.kind === "failed" ? answer.detail : undefined;
      if (answer.kind === "failed" && said !== last) {
        const { failure, detail } = answer;
        log.warn({ provider: provider.name, model: call.model, failure, detail }, "a model gave no answer");
      }
      last = said;
      return answer;
    },
    async look(models, signal) {
      const states = await provider.look(models, signal);
      // Whoever looks has it logged.
      last = states.find(({ problem }) => problem !== undefined)?.problem ?? last;
      return states;
    },
  };
}
