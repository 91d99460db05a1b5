import { APIConnectionError, APIError } from "openai";
import type { Failure, ProviderAnswer } from "../pipeline/ai/provider.ts";
import { inDetail } from "./detail.ts";
import { failureOf } from "./failure-of.ts";
import { retryAfterMs } from "./retry-after.ts";
import { saidIn } from "./said-error.ts";

export type Failed = Extract<ProviderAnswer<never>, { kind: "failed" }>;

/** A request that came to nothing. */
export interface Trouble {
  readonly failure: Failure;
  readonly detail: string;
  /** How long the service asks to wait. */
  readonly afterMs?: number;
  /** Whether the same request may do better in a moment. */
  readonly isPassing: boolean;
}

const passing: readonly Failure[] = ["rate_limited", "unavailable"];

/** @param error whatever the package threw */
export function troubleOf(error: unknown, secrets: readonly string[], now: number): Trouble {
  if (error instanceof APIConnectionError || !(error instanceof APIError)) {
    return {
      failure: "unavailable",
      detail: inDetail(`no connection: ${causeOf(error)}`, secrets),
      isPassing: error instanceof APIConnectionError,
    };
  }
  const said = saidIn(error.error);
  const failure = failureOf(error.status, said);
  const afterMs = retryAfterMs(error.headers, said, now);
  const word = said.code ?? said.type ?? said.status;
  const text = [error.status, word, said.message ?? (error.error === undefined ? error.message : undefined)]
    .filter((part) => part !== undefined)
    .join(" ");
  return {
    failure,
    detail: inDetail(text, secrets),
    ...(afterMs === undefined ? {} : { afterMs }),
    isPassing: passing.includes(failure) && error.headers?.get("x-should-retry") !== "false",
  };
}

export const failedOf = ({ failure, detail, afterMs }: Omit<Trouble, "isPassing">, now: number): Failed => ({
  kind: "failed",
  failure,
  detail,
  ...(afterMs === undefined ? {} : { retryAt: now + afterMs }),
  spent: [],
});

const mostCauses = 5;

/** The innermost cause says what it was: `ECONNREFUSED`, `other side closed`. */
function causeOf(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < mostCauses && inner instanceof Error && inner.cause !== undefined; depth += 1) inner = inner.cause;
  if (!(inner instanceof Error)) return "for no known reason";
  return "code" in inner && typeof inner.code === "string" ? inner.code : inner.message;
}
