import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import { type Subject, subjectsOf } from "../../pipeline/budgets/budget.ts";
import { standings } from "../../pipeline/budgets/standing.ts";
import type { Secret } from "../../secret.ts";
import type { Services } from "../../services.ts";
import { answer, answerJson, type Route } from "../http.ts";
import { isLetIn } from "./bearer.ts";
import { budgetPath, toBudgetAnswer } from "./budget-wire.ts";
import { retryAfterSeconds } from "./route.ts";
import { attribution } from "./words.ts";

const readWithinMs = 3_000;

const Question = z.strictObject({
  session: attribution.session,
  repository: attribution.repository,
  pullRequest: z.string().regex(/^\d{1,10}$/).transform(Number).pipe(attribution.pullRequest.unwrap()).exactOptional(),
});

export interface BudgetRouteOptions {
  /** Any of them is good; without one nobody is let in. */
  readonly tokens: readonly Secret[];
  readonly services: Pick<Services, "records" | "priceBook" | "money" | "now">;
  readonly log: Logger;
}

/** `GET /v1/budget?session=…&repository=…&pullRequest=…`: how the budgets stand, to whoever may write into the ledger. */
export const budgetRoute = (options: BudgetRouteOptions): Route => ({
  method: "GET",
  path: budgetPath,
  handle: (request, response) => tell(request, response, options),
});

async function tell(request: IncomingMessage, response: ServerResponse, { tokens, services, log }: BudgetRouteOptions): Promise<void> {
  if (!isLetIn(request, response, tokens)) return;
  const { records, money, now } = services;
  const query = new URLSearchParams((request.url ?? "").split("?").slice(1).join("?"));
  const asked = Question.safeParse(Object.fromEntries(query));
  if (!asked.success) return answer(response, 400, "It takes session, repository and pullRequest, each once: docs/events.md shows how.");
  const subjects: readonly Subject[] = subjectsOf(asked.data, now(), money.zone);
  try {
    const found = await records.transaction((tx) => standings(subjects, tx, services), { beginWithinMs: readWithinMs });
    answerJson(response, 200, toBudgetAnswer(found, money.zone));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ err: error }, "the budgets could not be read");
    response.setHeader("retry-after", retryAfterSeconds);
    answer(response, 503, "Storage is down; ask again.");
  }
}
