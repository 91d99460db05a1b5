import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { printable } from "../../bot/render/printable.ts";
import { ServiceError, UserError } from "../../errors.ts";
import type { Secret } from "../../secret.ts";

/** A bot that is asked over HTTP. */
export interface Remote {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: Secret;
  /** How long to wait for an answer; half a minute when absent. */
  readonly withinMs?: number;
}

interface Asked {
  /** With its query: `/v1/usage?by=model`. */
  readonly path: string;
  /** What it is told, as JSON; it is only asked when absent. */
  readonly told?: object;
  /** How long to wait before each further try, where it cannot answer; no further one when absent. */
  readonly pausesMs?: readonly number[];
}

const usuallyWithinMs = 30_000;
const longestPauseMs = 60_000;
const longestSaid = 300;
const bot = "the bot";

/**
 * Asks a bot for something of its API.
 *
 * @param schema what it answers
 * @throws UserError where the token or the address is wrong, ServiceError where the bot cannot answer or is of another version
 */
export async function askBot<T>(remote: Remote, schema: z.ZodType<T>, { path, told, pausesMs = [] }: Asked): Promise<T> {
  const address = `${remote.url}${path.split("?")[0]}`;
  const answer = await untilAnswered(() => ask(remote, path, told), pausesMs);
  if (answer instanceof Error) throw unreachable(remote, answer);
  if (!answer.ok) throw await refusal(answer, remote.url, address);
  const content = await answer.json().catch((cause: Error) => {
    if (cause.name === "TimeoutError") throw unreachable(remote, cause);
    throw new ServiceError(`What ${address} answers is no JSON: NEXTRUST_URL names another server.`, failure(cause));
  });
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new ServiceError(`The bot at ${remote.url} answers in a way that this version does not know: are both of the same version?`, {
    service: bot,
    retryable: false,
    cause: parsed.error,
  });
}

const ask = ({ url, token, withinMs = usuallyWithinMs }: Remote, path: string, told: object | undefined): Promise<Response> =>
  fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token.reveal()}`, accept: "application/json", ...(told && { "content-type": "application/json" }) },
    ...(told && { method: "POST", body: JSON.stringify(told) }),
    // Nothing is followed: the token is for this bot alone.
    redirect: "manual",
    signal: AbortSignal.timeout(withinMs),
  });

/** Asks again where another try may help: when nobody answers, is in a hurry, or is down. */
async function untilAnswered(ask: () => Promise<Response>, pausesMs: readonly number[]): Promise<Response | Error> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask().catch((error: Error) => error);
    const isWorthAnother = answer instanceof Error || answer.status === 429 || answer.status >= 500;
    const pauseMs = pausesMs[tries];
    if (!isWorthAnother || pauseMs === undefined) return answer;
    const askedForMs = answer instanceof Error ? 0 : Number(answer.headers.get("retry-after") ?? 0) * 1_000;
    await sleep(Math.min(Math.max(pauseMs, askedForMs || 0), longestPauseMs));
  }
}

async function refusal(answer: Response, url: string, address: string): Promise<Error> {
  if (answer.status === 401 || answer.status === 403)
    return new UserError(
      "refused",
      "bad_token",
      `The bot at ${url} does not take this token: is NEXTRUST_API_TOKEN the one it was started with?`,
    );
  if (answer.status < 400)
    return new UserError(
      "invalid",
      "redirected",
      `${url} sends elsewhere, and the token is for the bot alone: set NEXTRUST_URL to the bot's own address.`,
    );
  if (answer.status === 404)
    return new UserError("invalid", "no_api", `There is no ${address}: NEXTRUST_URL names another server, or a bot of an older version.`);
  const what = answer.status === 503 ? "cannot answer now" : `answered with ${answer.status}`;
  return new ServiceError(`The bot at ${url} ${what}${await said(answer)}`, failure());
}

const failure = (cause?: unknown) => ({ service: bot, retryable: true, cause });

function unreachable({ url, withinMs = usuallyWithinMs }: Remote, cause: Error): ServiceError {
  const isSlow = cause.name === "TimeoutError";
  const what = isSlow ? `did not answer within ${Math.round(withinMs / 100) / 10} seconds` : "cannot be reached";
  return new ServiceError(`The bot at ${url} ${what}. Is NEXTRUST_URL right, and does the bot run?`, failure(cause));
}

/** What went wrong in the bot's own words, where it has any. */
async function said(answer: Response): Promise<string> {
  const text = (await answer.text().catch(() => "")).trim();
  return text === "" || text.startsWith("<") ? "." : `: ${printable(text).slice(0, longestSaid)}`;
}
