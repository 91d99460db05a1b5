import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { z } from "zod";
import { mistakeInWords } from "../../config/mistake-in-words.ts";
import { zone } from "../../config/words.ts";
import { ServiceError } from "../../errors.ts";
import { usageKeys } from "../../pipeline/usage/ledger.ts";
import type { Secret } from "../../secret.ts";
import type { Services } from "../../services.ts";
import { answer, answerJson, type Route } from "../http.ts";
import { clip, printable } from "../render/printable.ts";
import { isLetIn } from "./bearer.ts";
import { retryAfterSeconds } from "./route.ts";
import { type Asked, toUsageAnswer, usagePath } from "./usage-wire.ts";
import { attribution, moment, word } from "./words.ts";

const readWithinMs = 3_000;
const longestProblem = 300;

const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, "is no number")
  .transform(Number);
const at = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text))
  .pipe(moment);
const keys = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(usageKeys)).refine((names) => new Set(names).size === names.length, "names one of them twice"));

const Question = z.strictObject({
  since: at.exactOptional(),
  until: at.exactOptional(),
  by: keys.exactOptional(),
  zone: zone.exactOptional(),
  session: attribution.session,
  repository: attribution.repository,
  pullRequest: wholeNumber.pipe(attribution.pullRequest.unwrap()).exactOptional(),
  model: word(100).exactOptional(),
  service: word(100).exactOptional(),
});

export interface UsageRouteOptions {
  /** Any of them is good; without one nobody is let in. */
  readonly tokens: readonly Secret[];
  readonly services: Pick<Services, "records" | "money">;
  readonly log: Logger;
}

/** `GET /v1/usage`: sums of the ledger, to whoever may write into it. */
export const usageRoute = (options: UsageRouteOptions): Route => ({
  method: "GET",
  path: usagePath,
  handle: (request, response) => tell(request, response, options),
});

async function tell(request: IncomingMessage, response: ServerResponse, { tokens, services, log }: UsageRouteOptions): Promise<void> {
  if (!isLetIn(request, response, tokens)) return;
  const { records, money } = services;
  const asked = toAsked(request.url ?? "", money.zone);
  if (typeof asked === "string") return answer(response, 400, asked);
  try {
    answerJson(response, 200, await records.transaction((tx) => toUsageAnswer(asked, tx.ledger), { beginWithinMs: readWithinMs }));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ err: error }, "the ledger could not be read");
    response.setHeader("retry-after", retryAfterSeconds);
    answer(response, 503, "Storage is down; ask again.");
  }
}

/** @returns what is asked, or what is wrong with it in a sentence */
function toAsked(url: string, ownZone: string): Asked | string {
  const search = [...new URLSearchParams(url.split("?").slice(1).join("?"))];
  const twice = search.find(([name], index) => search.findIndex(([other]) => other === name) !== index);
  if (twice) return `${shown(twice[0])} is there twice.`;
  const read = Question.safeParse(Object.fromEntries(search), { error: mistakeInWords });
  if (!read.success) {
    const [issue] = read.error.issues;
    return `${shown([issue?.path.join("."), issue?.message].filter(Boolean).join(" "))}.`;
  }
  const { by = [], zone: theirs = ownZone, ...query } = read.data;
  if (query.since !== undefined && query.until !== undefined && query.since > query.until) return "since is after until.";
  return { query, by, zone: theirs };
}

const shown = (text: string): string => clip(printable(text), longestProblem);
