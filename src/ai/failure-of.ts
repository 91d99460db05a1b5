import type { Failure } from "../pipeline/ai/provider.ts";
import type { Said } from "./said-error.ts";

/** Words of the two vendors that say more than the HTTP status. */
const byWord: Readonly<Record<string, Failure>> = {
  insufficient_quota: "quota",
  billing_not_active: "quota",
  billing_hard_limit_reached: "quota",
  rate_limit_exceeded: "rate_limited",
  context_length_exceeded: "too_large",
  string_above_max_length: "too_large",
  model_not_found: "retired",
  model_deprecated: "retired",
  invalid_api_key: "unauthorised",
  API_KEY_INVALID: "unauthorised",
  server_error: "unavailable",
  server_is_overloaded: "unavailable",
  content_filter: "refused",
  invalid_prompt: "refused",
  bio_policy: "refused",
  misalignment_policy_violation: "refused",
  RESOURCE_EXHAUSTED: "rate_limited",
  NOT_FOUND: "retired",
};

const byStatus: Readonly<Record<number, Failure>> = {
  401: "unauthorised",
  402: "quota",
  403: "unauthorised",
  // A model that is not there is told by a word: this is an address that is none.
  404: "unusable",
  407: "unusable",
  408: "unavailable",
  409: "unavailable",
  410: "retired",
  413: "too_large",
  429: "rate_limited",
};

/** @param status of HTTP; absent where an answer that had begun ends in an error */
export function failureOf(status: number | undefined, said: Said): Failure {
  const details = said.details ?? [];
  // Google says of a quota for a day what it says of one for a minute, but for its name.
  const isOfDay = details.some(({ violations = [] }) => violations.some(({ quotaId = "" }) => quotaId.includes("PerDay")));
  if (isOfDay) return "quota";
  const words = [said.code, said.type, ...details.map(({ reason }) => reason), said.status];
  const known = words.flatMap((word) => (word !== undefined && Object.hasOwn(byWord, word) ? [byWord[word]] : [])).at(0);
  if (known !== undefined) return known;
  if (status === undefined || status >= 500) return "unavailable";
  return byStatus[status] ?? "not_taken";
}
