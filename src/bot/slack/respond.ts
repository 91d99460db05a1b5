import { ServiceError } from "../../errors.ts";
import { type Attempt, blockRefusals, type Content } from "./best-form.ts";

const timeoutMs = 5_000;

/**
 * Answers at the request's own address, which needs no membership in the channel.
 *
 * @param threadTs the thread that was clicked in: without it Slack answers in the channel
 * @returns false as sent when the address is used up or expired
 * @throws ServiceError
 */
export async function respond(responseUrl: string, content: Content, isPrivate: boolean, threadTs?: string): Promise<Attempt<boolean>> {
  // Nothing is replaced: after a slash command Slack ignores the wish (bolt-js #2287), and a message with a button should stay.
  const body = {
    ...content,
    response_type: isPrivate ? "ephemeral" : "in_channel",
    replace_original: false,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
  };
  const response = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new ServiceError("Slack cannot be reached.", { service: "Slack", retryable: true, cause: error });
  });
  if (response.ok) return { sent: true };
  const refused = await response.text().catch(() => "");
  const refusal = blockRefusals.find((code) => refused.includes(code));
  if (refusal !== undefined) return { refusal };
  if (response.status === 429 || response.status >= 500) {
    const retryAfterS = Number(response.headers.get("retry-after") ?? 0);
    throw new ServiceError("Slack has trouble answering.", {
      service: "Slack",
      retryable: true,
      ...(retryAfterS > 0 && { retryAfterMs: retryAfterS * 1000 }),
    });
  }
  return { sent: false };
}
