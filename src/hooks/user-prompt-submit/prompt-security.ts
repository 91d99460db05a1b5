import { clipped } from "../../pipeline/logs/clipped.ts";
import type { Context } from "../context.ts";
import { deny, type HookModule, type SaidAt } from "../module.ts";
import { commandTextsIn } from "../prompt/command-texts.ts";
import { credentialsIn } from "../prompt/credentials.ts";
import { destructionIn } from "../shell/destruction/destruction.ts";
import { groundOf } from "../shell/destruction/ground.ts";
import { isPlainlyHarmless } from "../shell/destruction/plain-text.ts";

// A guard: when it fails, the prompt is stopped.
export const promptSecurity: HookModule<"user-prompt-submit"> = {
  name: "prompt-security",
  summary: "Stops a prompt that holds a credential, or a command that would destroy what cannot be had again.",
  isGuard: true,
  run: async ({ prompt }, context) => credentials(prompt) ?? (await destruction(prompt, context)),
};

const mostNamed = 3;

function credentials(prompt: string): SaidAt<"user-prompt-submit"> | undefined {
  const found = credentialsIn(prompt);
  if (found.length === 0) return undefined;
  const named = found.slice(0, mostNamed).map(({ what, line }) => `line ${line} has what looks like ${what}`);
  const more = found.length > mostNamed ? `, and there are ${found.length - mostNamed} more` : "";
  return deny(
    `The prompt was not sent: ${named.join(", ")}${more}. Put it into a variable of the environment and give its name instead; one that has been shared anywhere is better revoked and made anew. An example is let through with example or xxx in it.`,
  );
}

async function destruction(prompt: string, context: Context): Promise<SaidAt<"user-prompt-submit"> | undefined> {
  const settings = context.settings.destructiveCommand;
  const ground = groundOf(context, settings);
  for (const { text, line } of commandTextsIn(prompt)) {
    if (isPlainlyHarmless(text)) continue;
    const found = destructionIn(await context.commandsIn(text), ground, settings.allow, ({ isMinor }) => !isMinor);
    if (!found) continue;
    const shown = clipped(found.command.replace(/\s+/g, " "), 120);
    return deny(
      `The prompt was not sent: the command from line ${line} on, ${shown}, would ${found.would}. To talk about it, write it inside of a sentence; to do it, run it yourself.`,
    );
  }
  return undefined;
}
