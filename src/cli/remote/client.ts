import { printable } from "../../bot/render/printable.ts";
import { ServiceError, UserError } from "../../errors.ts";
import type { Secret } from "../../secret.ts";

/** A bot that is asked over HTTP. */
export interface Remote {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: Secret;
}

const timeoutMs = 20_000;
const longestSaid = 300;
const bot = "the bot";

/**
 * Asks a bot for something of its API.
 *
 * @param path with its query: `/v1/usage?by=model`
 * @param told what it is told, as JSON; it is only asked when absent
 * @returns its answer, unread
 * @throws UserError where the token or the address is wrong, ServiceError where the bot cannot answer
 */
export async function askBot({ url, token }: Remote, path: string, told?: object): Promise<unknown> {
  const address = `${url}${path.split("?")[0]}`;
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token.reveal()}`, accept: "application/json", ...(told && { "content-type": "application/json" }) },
    ...(told && { method: "POST", body: JSON.stringify(told) }),
    // The token is for this bot alone.
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new ServiceError(`${unreachable(url, cause)} Is NEXTRUST_URL right, and does the bot run?`, failure(cause));
  });
  if (answer.status === 401 || answer.status === 403)
    throw new UserError(
      "refused",
      "bad_token",
      `The bot at ${url} does not take this token: is NEXTRUST_API_TOKEN the one it was started with?`,
    );
  if (answer.status === 404)
    throw new UserError("invalid", "no_api", `There is no ${address}: NEXTRUST_URL names another server, or a bot of an older version.`);
  if (answer.status === 503) throw new ServiceError(`The bot at ${url} cannot answer now${await said(answer)}`, failure());
  if (!answer.ok) throw new ServiceError(`The bot at ${url} answered with ${answer.status}${await said(answer)}`, failure());
  return answer.json().catch((cause: unknown) => {
    throw new ServiceError(`What ${address} answers is no JSON: NEXTRUST_URL names another server.`, failure(cause));
  });
}

const failure = (cause?: unknown) => ({ service: bot, retryable: true, cause });

function unreachable(url: string, cause: unknown): string {
  if (cause instanceof Error && cause.name === "TimeoutError")
    return `The bot at ${url} did not answer within ${timeoutMs / 1000} seconds.`;
  return `The bot at ${url} cannot be reached.`;
}

/** What went wrong in the bot's own words, where it has any. */
async function said(answer: Response): Promise<string> {
  const text = (await answer.text().catch(() => "")).trim();
  return text === "" || text.startsWith("<") ? "" : `: ${printable(text).slice(0, longestSaid)}`;
}
