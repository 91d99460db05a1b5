import { join, resolve } from "node:path";
import type { AiConfig } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { Present } from "./present.ts";
import type { Settings } from "./settings.ts";

/** Which models can be asked, and how programs that ask them are run. */
export function toAi(env: Environment, { ai }: Pick<Settings, "ai">, present: Present): AiConfig {
  const { OPENAI_API_KEY: openai, GEMINI_API_KEY: gemini, ANTHROPIC_API_KEY: anthropic, ANTHROPIC_BASE_URL: baseUrl } = env;
  return {
    path: present.PATH ?? "",
    ...forPrograms(env),
    ...(openai && { openai: { apiKey: openai, endpoint: env.O3_ENDPOINT } }),
    ...(gemini && { gemini: { apiKey: gemini, baseUrl: env.GEMINI_BASE_URL } }),
    ...(anthropic
      ? { claude: { apiKey: anthropic, baseUrl } }
      : ai.channels.claude.login && { claude: { ...loginOf(env, present), baseUrl } }),
  };
}

/** What a machine behind a proxy asks of every program. Nothing else of our variables is theirs, and they work in folders of their own. */
function forPrograms({ HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS }: Environment): Pick<AiConfig, "variables"> {
  const variables = {
    ...(HTTPS_PROXY && { HTTPS_PROXY: HTTPS_PROXY.reveal() }),
    ...(NO_PROXY !== undefined && { NO_PROXY }),
    ...(NODE_EXTRA_CA_CERTS !== undefined && { NODE_EXTRA_CA_CERTS: resolve(NODE_EXTRA_CA_CERTS) }),
  };
  return Object.keys(variables).length === 0 ? {} : { variables };
}

/** Where Claude Code itself looks for its login. */
function loginOf({ CLAUDE_CONFIG_DIR }: Environment, { HOME, USERPROFILE }: Present) {
  const home = HOME ?? USERPROFILE;
  const configDir = CLAUDE_CONFIG_DIR ?? (home === undefined ? undefined : join(home, ".claude"));
  return configDir === undefined ? {} : { configDir: resolve(configDir) };
}
