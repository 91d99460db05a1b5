import { randomInt } from "node:crypto";
import type { Question, Target } from "../commands/command.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import { UserError } from "../errors.ts";
import type { Json } from "../pipeline/json.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";

const openForMs = 10 * 60_000;

/** Without letters and digits that look alike. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const codeLength = 6;

/** A command that waits for its person's word. */
export interface Pending {
  readonly line: CommandLine;
  readonly target?: Target;
  readonly agreedTo: Json;
}

/** Keeps the command until its person agrees, and says what they are asked. */
export async function askFirst(
  { parts, label, confirm, agreedTo }: Question,
  asked: Omit<Pending, "agreedTo">,
  actorKey: string,
  { keys }: Pick<Services, "keys">,
): Promise<Reply> {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  await keys.set(keyOf(actorKey, code), toJson({ ...asked, agreedTo }), openForMs);
  return {
    outcome: "queued",
    reason: "needs_confirmation",
    audience: "asker",
    parts: [...parts, text("Nothing is done before you confirm it, within 10 minutes.")],
    actions: [{ label, command: `confirm ${code}`, style: "danger", confirm }],
  };
}

/**
 * Takes the command that this person was asked about; it goes on once.
 *
 * @param source names the delivery of the confirmation: after a crash the same one may take it again
 * @throws UserError (not_applicable) when it is too late, somebody else's, or went on already
 */
export async function takePending(
  code: string,
  actorKey: string,
  source: string,
  { keys, claims }: Pick<Services, "keys" | "claims">,
): Promise<Pending> {
  const key = keyOf(actorKey, code.toUpperCase());
  const pending = await keys.get<Json & object>(key);
  if (pending === undefined) {
    const sentence =
      "I am not waiting for that code from you: it may be older than 10 minutes, or somebody else's. Give the command again.";
    throw new UserError("not_applicable", "nothing_to_confirm", sentence);
  }
  const claim = await claims.claim(key, source, openForMs);
  if (claim.state !== "claimed") throw new UserError("not_applicable", "already_confirmed", "You confirmed that already.");
  return pending as unknown as Pending;
}

const keyOf = (actorKey: string, code: string): string => `confirmation:${actorKey}:${code}`;

const toJson = (pending: Pending): Json => ({ ...pending }) as unknown as Json;
