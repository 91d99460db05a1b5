import type { Origin } from "../../pipeline/sessions/origin.ts";
import { attributed, type Teller } from "../../pipeline/usage/import/told.ts";
import type { Basis } from "../../pipeline/usage/usage.ts";
import type { Context } from "../context.ts";

/** Claude Code asks by one of these whenever they are there; it writes nowhere by what it asked. */
const keys = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"];
const clouds = ["CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY"];

/** Only whether the variables are there is looked at, never what they hold. */
export function basisOf(variables: Context["variables"], said: Basis | undefined): Basis {
  if (said !== undefined) return said;
  const isPaid = keys.some((name) => Boolean(variables[name])) || clouds.some((name) => /^(?:1|true|yes|on)$/i.test(variables[name] ?? ""));
  return isPaid ? "metered" : "subscription";
}

/** What transcripts do not say of their requests. */
export const sessionTeller = (origin: Origin, basis: Basis, now: number): Teller => ({
  ...attributed({ ...origin, basis, now }),
  basis,
  now,
});
