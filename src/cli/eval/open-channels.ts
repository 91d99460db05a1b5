import { createChannels } from "../../ai/channels.ts";
import { prompts } from "../../ai/prompts/index.ts";
import { readEnvironment } from "../../config/environment.ts";
import { presentIn } from "../../config/present.ts";
import { readSettings } from "../../config/read-settings.ts";
import { secretsIn } from "../../config/secrets-of.ts";
import { toAi } from "../../config/to-ai.ts";
import { UserError } from "../../errors.ts";
import { bookOf } from "../../machine/book-of.ts";
import { settingsFileFor } from "../checkout.ts";
import type { EvalPorts } from "./run.ts";

/**
 * The channels that the variables and settings of this place allow, with the prompts and prices that belong to them.
 *
 * @throws UserError with what is wrong with the variables or files
 */
export async function openChannels(variables: NodeJS.ProcessEnv): Promise<Pick<EvalPorts, "book" | "channels" | "prompts">> {
  const present = presentIn(variables);
  const file = settingsFileFor(present.NEXTRUST_CONFIG);
  const [environment, settings] = [readEnvironment(present), readSettings(file)];
  if ("problems" in environment) throw problem(environment.problems);
  if ("problems" in settings) throw problem(settings.problems);
  const { ai } = settings.settings;
  const channels = await createChannels(ai, toAi(environment.environment, settings.settings, present), {
    secrets: secretsIn(environment.environment),
    now: Date.now,
  });
  return { channels, prompts, book: bookOf(file) };
}

const problem = (problems: readonly string[]): UserError => new UserError("invalid", "bad_settings", problems.join("\n"));
