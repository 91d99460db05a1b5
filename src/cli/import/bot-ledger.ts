import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isPrivateOnTheWay } from "../../config/words.ts";
import { ServiceError, UserError } from "../../errors.ts";
import type { Destination, FileMark, Taken } from "../../pipeline/usage/import/destination.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";
import { toEvent } from "./to-event.ts";

export interface Bot {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

/** Where it is remembered what the bot has taken. */
interface Memory {
  remember(marks: readonly FileMark[]): Promise<void>;
  close(): void;
}

/** Between tries: a bot that is deployed anew is back within a minute. */
const usualPausesMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const longestPauseMs = 60_000;
const answerWithinMs = 30_000;
const another = "the bot";

const Answer = z.object({
  results: z.array(
    z.object({ status: z.enum(["recorded", "amended", "known", "covered", "invalid"]), message: z.string().max(1_000).optional() }),
  ),
});

/**
 * The ledger of a bot elsewhere. How far the files are read is remembered only after the bot has taken what they tell; if that is lost, they are
 * told again, which changes nothing.
 *
 * @throws UserError where its address or token cannot be used
 */
export function botLedger(bot: Bot, memory: Memory, pausesMs: readonly number[] = usualPausesMs): Destination {
  if (!isPrivateOnTheWay(bot.url)) throw refused(`NEXTRUST_URL is ${bot.url}, over which the token would go openly: use https.`);
  return {
    async take(usages, marks) {
      const taken = usages.length === 0 ? [] : await post(bot, usages, pausesMs);
      await memory.remember(marks);
      return taken;
    },
    close: () => memory.close(),
  };
}

async function post({ url, token }: Bot, usages: readonly Usage[], pausesMs: readonly number[]): Promise<readonly Taken[]> {
  const body = JSON.stringify({ events: usages.map(toEvent) });
  const response = await askUntilAnswered(
    () =>
      fetch(`${url}/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body,
        redirect: "error",
        signal: AbortSignal.timeout(answerWithinMs),
      }),
    url,
    pausesMs,
  );
  const answer = Answer.safeParse(response);
  if (!answer.success || answer.data.results.length !== usages.length)
    throw broken(`What answers at ${url} is no bot of this version: check NEXTRUST_URL.`);
  return answer.data.results.map(({ status, message }) =>
    status === "invalid"
      ? { outcome: "refused", costPico: null, why: message ?? "the bot does not say why" }
      : { outcome: status, costPico: null },
  );
}

/** @returns the JSON of the answer, undefined where it is none */
async function askUntilAnswered(ask: () => Promise<Response>, url: string, pausesMs: readonly number[]): Promise<unknown> {
  for (let tries = 0; ; tries += 1) {
    const response = await ask().catch((error: Error) => error);
    if (!(response instanceof Error) && response.ok) return response.json().catch(() => undefined);
    const isWorthAnother = response instanceof Error || response.status === 429 || response.status >= 500;
    const pauseMs = pausesMs[tries];
    if (!isWorthAnother || pauseMs === undefined) throw await toError(response, url);
    const askedForMs = response instanceof Error ? 0 : Number(response.headers.get("retry-after") ?? 0) * 1_000;
    await sleep(Math.min(Math.max(pauseMs, askedForMs || 0), longestPauseMs));
  }
}

async function toError(response: Response | Error, url: string): Promise<Error> {
  const later = "What it has taken so far stays; run the import again for the rest.";
  if (response instanceof Error) return broken(`${url} cannot be reached. ${later}`, response);
  if (response.status === 401 || response.status === 403)
    return refused(`${url} does not accept NEXTRUST_API_TOKEN: it has to be one of the bot's.`);
  if (response.status === 404) return broken(`${url} knows no /v1/events: check NEXTRUST_URL.`);
  return broken(`${url} answers with ${response.status}. ${later}`);
}

const refused = (message: string): UserError => new UserError("invalid", "bad_settings", message);
const broken = (message: string, cause?: unknown): ServiceError => new ServiceError(message, { service: another, retryable: false, cause });
