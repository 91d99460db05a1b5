import { ServiceError } from "../../errors.ts";
import { Postponed } from "../../pipeline/queue.ts";

const service = "the pager";
const callTimeoutMs = 10_000;
/** Where it asks to wait and does not say how long. */
const usualWaitMs = 30_000;
/** However long it asks for: who is paged waits for nothing longer. */
const longestWaitMs = 5 * 60_000;

export interface Sending {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What to do about a refusal, in a sentence. */
  readonly fix: string;
}

/**
 * One POST to the pager. Nothing that it says is repeated: it is not ours to vouch for.
 *
 * @throws ServiceError; Postponed when it has enough for now
 */
export async function postPage({ url, body, headers = {}, fix }: Sending): Promise<void> {
  const signal = AbortSignal.timeout(callTimeoutMs);
  const all = { "content-type": "application/json", "user-agent": "nextrust", ...headers };
  const response = await fetch(url, { method: "POST", headers: all, body, redirect: "manual", signal }).catch((cause: unknown) => {
    const message = signal.aborted ? `The pager gave no answer within ${callTimeoutMs / 1000} s.` : "The pager cannot be reached.";
    throw new ServiceError(message, { service, retryable: true, cause });
  });
  await response.body?.cancel();
  const { ok, status } = response;
  if (ok) return;
  const waitMs = waitOf(response);
  if (status === 429) throw new Postponed(waitMs ?? usualWaitMs);
  const retryable = status >= 500 || status === 408;
  const what = status >= 300 && status < 400 ? `The pager sends me elsewhere (${status})` : `The pager answered ${status}`;
  throw new ServiceError(retryable ? `${what}.` : `${what}: ${fix}.`, {
    service,
    retryable,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  });
}

/** `Retry-After` in milliseconds, where it is there and in seconds. */
function waitOf({ headers }: Response): number | undefined {
  const asked = headers.get("retry-after") ?? "";
  return /^\d{1,9}$/.test(asked) ? Math.min(Number(asked) * 1000, longestWaitMs) : undefined;
}
