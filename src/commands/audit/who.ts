import { UserError } from "../../errors.ts";
import type { AuditActor } from "../../pipeline/audit.ts";

/** Who is looked for: the asker, or somebody by name or by identifier. */
export type Who = "me" | AuditActor;

/**
 * Reads `me`, `ada`, `@ada`, the numeric id of a GitHub account (`583231`) or the id of a person in Slack (`U012AB3CD`).
 *
 * @throws UserError (invalid)
 */
export function parseWho(typed: string): Who {
  const name = typed.replace(/^@/, "");
  if (name === "") throw new UserError("invalid", "bad_actor", "actor needs a name, a numeric id or me.");
  if (name.toLowerCase() === "me") return "me";
  // Somebody may be called by digits alone, or like an identifier: both are looked for.
  if (/^[1-9]\d{0,14}$/.test(name)) return { name, accountId: Number(name) };
  return { name, ...(/^[UW][A-Z0-9]{2,}$/.test(name) && { slackUser: name }) };
}
