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

/** The reason of a reply that asks. */
export const needsConfirmation = "needs_confirmation";

/** A command that waits for its person's word. */
export interface Pending {
  readonly line: CommandLine;
  readonly target?: Target;
  readonly agreedTo: Json;
}

/** A command whose person gave it. */
export interface Confirmed extends Pending {
  /**
   * Called when nothing keeps it from running any more: it goes on once, and after a crash the same wish may go on with it.
   *
   * @throws UserError (not_applicable) when it went on already
   */
  spend(): Promise<void>;
  /** Called when nothing was done after all: the person may confirm again. */
  giveBack(): Promise<void>;
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
    reason: needsConfirmation,
    audience: "asker",
    parts: [...parts, text("Nothing is done before you confirm it, within 10 minutes.")],
    actions: [{ label, command: `confirm ${code}`, style: "danger", confirm }],
  };
}

/**
 * Finds the command that this person was asked about.
 *
 * @param intent names the wish to confirm
 * @throws UserError (not_applicable) when it is too late, or somebody else's
 */
export async function findPending(
  code: string,
  actorKey: string,
  intent: string,
  { keys, claims }: Pick<Services, "keys" | "claims">,
): Promise<Confirmed> {
  const key = keyOf(actorKey, code.toUpperCase());
  const pending = await keys.get<Json & object>(key);
  if (pending === undefined) {
    const sentence =
      "I am not waiting for that code from you: it may be older than 10 minutes, or somebody else's. Give the command again.";
    throw new UserError("not_applicable", "nothing_to_confirm", sentence);
  }
  return {
    ...(pending as unknown as Pending),
    async spend() {
      const claim = await claims.claim(key, intent, openForMs);
      if (claim.state !== "claimed") throw new UserError("not_applicable", "already_confirmed", "You confirmed that already.");
    },
    giveBack: () => claims.settle(key, intent, { outcome: "failed" }),
  };
}

const keyOf = (actorKey: string, code: string): string => `confirmation:${actorKey}:${code}`;

const toJson = (pending: Pending): Json => ({ ...pending }) as unknown as Json;
