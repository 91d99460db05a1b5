import type { Config } from "../../config/config.ts";
import type { Settings } from "../../config/settings.ts";
import type { PricedModel } from "../../pipeline/usage/price-book.ts";
import { Secret } from "../../secret.ts";
import { type AiSandbox, startAiSandbox } from "./ai-sandbox.ts";
import { putScriptedClaude } from "./scripted-claude.ts";
import { scriptedDesign } from "./scripted-design.ts";
import { scriptedReview } from "./scripted-review.ts";
import { scriptedTriage } from "./scripted-triage.ts";
import type { Question, ScriptedAnswer } from "./wire.ts";

/** What models are called here: nobody shall take a script for one. */
export const scriptedModel = "scripted-no-model";

export type Answering = (question: Question) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** Models that are scripts, asked over HTTP and as a program, as the real ones are. */
export interface ScriptedModels {
  readonly api: AiSandbox;
  /** Makes the bot ask them. */
  readonly config: Required<Pick<Config, "ai">>;
  /** Each channel asks the one model that there is. */
  channels(settings: Settings["ai"]["channels"]): Settings["ai"]["channels"];
  close(): Promise<void>;
}

/**
 * @param path the folders in which programs are looked for, as in `PATH`
 * @param answer instead of what the sandbox's own scripts say
 */
export async function startScriptedModels(path: string, answer: Answering = scripted): Promise<ScriptedModels> {
  const models = [{ id: scriptedModel }];
  const api = await startAiSandbox({ answer, openAiModels: models, geminiModels: models });
  const claude = await putScriptedClaude(api);
  return {
    api,
    config: {
      ai: {
        path,
        openai: { apiKey: new Secret(api.openAiKey), endpoint: api.openAiEndpoint },
        gemini: { apiKey: new Secret(api.geminiKey), baseUrl: api.url },
        claude: { apiKey: new Secret(api.openAiKey), baseUrl: api.url },
      },
    },
    channels: (settings) => ({
      o3: { ...settings.o3, models },
      gemini: { ...settings.gemini, models, use: ["api"] },
      claude: { ...settings.claude, models, command: claude.command },
    }),
    async close() {
      await Promise.all([api.close(), claude.remove()]);
    },
  };
}

/** What it is asked for is seen by what an answer has to hold. */
function scripted({ schema, data }: Question): ScriptedAnswer {
  const { properties = {} } = schema as { properties?: object };
  if ("findings" in properties) return scriptedReview(data);
  return "approaches" in properties ? scriptedDesign() : scriptedTriage(data);
}

/** Prices that the sandbox has made up, so that scripts cost something. */
export const scriptedPrice: PricedModel = {
  name: scriptedModel,
  provider: "other",
  aliases: [],
  limits: {},
  prices: [
    {
      from: 0,
      source: "made up by the sandbox",
      uncachedIn: 2_000_000n,
      cacheRead: 500_000n,
      cacheWrite5m: 2_500_000n,
      cacheWrite1h: 4_000_000n,
      out: 8_000_000n,
    },
  ],
};
