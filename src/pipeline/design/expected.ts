import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { findKept } from "../ai/cached-answer.ts";
import { type Estimate, estimate } from "../ai/estimate.ts";
import { nobodyLeft, notConfigured } from "../ai/nobody-to-ask.ts";
import { endOfRefusal } from "../ai/reply-to-failure.ts";
import type { DesignInput } from "./design.ts";

/** Who is asked for designs. */
export const designChannel = "o3";

type Needs = Pick<Services, "channels" | "prompts" | "priceBook" | "keys" | "now">;

/** What a design would take. */
export interface Expected {
  readonly estimate: Estimate;
  /** When the same was answered before, in milliseconds since the epoch: then nobody is asked. */
  readonly keptAt?: number;
}

/** @throws UserError (not_applicable) where nobody can be asked, saying what to do */
export async function expectedOf(input: DesignInput, { isForced }: { readonly isForced: boolean }, services: Needs): Promise<Expected> {
  const { channels, prompts, priceBook, now } = services;
  const channel = channels.of(designChannel);
  if (!channel) throw nobody("not_configured", notConfigured(designChannel));
  const prompt = prompts.design(input);
  const expected = estimate([prompt], channel, priceBook, now());
  if (!expected) throw nobody("nobody_left", nobodyLeft(channel, now()));
  const kept = isForced ? undefined : await findKept(prompt, expected.first.model, services);
  return { estimate: expected, ...(kept && { keptAt: kept.at }) };
}

function nobody(reason: "not_configured" | "nobody_left", message: string): UserError {
  const { outcome, reason: code } = endOfRefusal[reason];
  return new UserError(outcome, code, message);
}
