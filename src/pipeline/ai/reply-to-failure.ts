import type { Refusal } from "../../errors.ts";
import { type Part, type Reply, text } from "../../reply.ts";
import { momentInWords } from "../moment-in-words.ts";
import type { Asked, AskResult } from "./ask.ts";
import { failureInWords } from "./failure-in-words.ts";
import type { Failure } from "./provider.ts";

interface End {
  readonly outcome: Refusal;
  /** For the audit. */
  readonly reason: string;
}

/** How a command ends whose model gave no answer: each failure by a reason of its own. */
export const endOfFailure: Readonly<Record<Failure, End>> = {
  refused: { outcome: "failed", reason: "ai_declined" },
  empty: { outcome: "failed", reason: "ai_empty" },
  truncated: { outcome: "failed", reason: "ai_truncated" },
  wrong_shape: { outcome: "failed", reason: "ai_wrong_shape" },
  too_large: { outcome: "failed", reason: "ai_too_large" },
  rate_limited: { outcome: "failed", reason: "ai_rate_limited" },
  quota: { outcome: "failed", reason: "ai_quota" },
  unavailable: { outcome: "failed", reason: "ai_unavailable" },
  timeout: { outcome: "failed", reason: "ai_timeout" },
  retired: { outcome: "failed", reason: "ai_retired" },
  unauthorised: { outcome: "failed", reason: "ai_unauthorised" },
  unusable: { outcome: "failed", reason: "ai_unusable" },
  stopped: { outcome: "failed", reason: "ai_stopped" },
  not_taken: { outcome: "failed", reason: "ai_not_taken" },
};

type Refused = Extract<Asked<never>, { kind: "refused" }>;
type Failed = Extract<AskResult<never>, { kind: "failed" }>;

/** How one ends for which nobody was asked. */
export const endOfRefusal = {
  not_configured: { outcome: "not_applicable", reason: "ai_not_configured" },
  nobody_left: { outcome: "not_applicable", reason: "ai_nobody_left" },
  budget: { outcome: "refused", reason: "ai_budget" },
  limit: { outcome: "refused", reason: "ai_limit" },
  cooldown: { outcome: "refused", reason: "ai_cooldown" },
  over: { outcome: "failed", reason: "ai_reservation_over" },
} as const satisfies Readonly<Record<Refused["reason"], End>>;

/** Money is nobody's business where everybody reads along: these words hold none. */
const withoutMoney: Readonly<Partial<Record<Refused["reason"], string>>> = {
  budget: "What may be spent on models for now is spent, so nothing was asked.",
  limit: "That model may not be asked more for now, so nothing was asked.",
};

/**
 * Says why no model answered.
 *
 * @param more what else is known of it, such as who was asked before
 */
export function replyToFailure(failed: Failed, ...more: readonly Part[]): Reply {
  return { ...endOfFailure[failed.failure], audience: "thread", parts: [text(failureInWords(failed), "bad"), ...more] };
}

/** Says why nobody was asked. */
export function replyToRefusal({ reason, message, retryAt }: Refused, { showsMoney }: { readonly showsMoney: boolean }): Reply {
  const hidden = showsMoney ? undefined : withoutMoney[reason];
  const then = hidden === undefined || retryAt === undefined ? "" : ` Ask again at ${momentInWords(retryAt)}.`;
  return { ...endOfRefusal[reason], audience: "thread", parts: [text(hidden === undefined ? message : hidden + then, "bad")] };
}
