import * as z from "zod";
import { type Answer, json, notFound, refuse } from "./answer.ts";
import { isOk, type LoggedAttempt } from "./delivery-log.ts";
import type { Call, Route } from "./route.ts";

const path = /^\/app\/hook\/deliveries$/;

/** The App's log of its webhook's deliveries; only the App itself gets here. */
export const deliveryRoutes: readonly Route[] = [
  { method: "GET", scope: "root", path, handle: list },
  { method: "GET", scope: "root", path: /^\/app\/hook\/deliveries\/(\d+)$/, handle: one },
  { method: "POST", scope: "root", path: /^\/app\/hook\/deliveries\/(\d+)\/attempts$/, handle: again },
];

const longestPage = 100;
const Query = z.object({
  per_page: z.coerce.number().int().min(1).default(30),
  cursor: z
    .string()
    .regex(/^v1_\d+$/)
    .optional(),
  status: z.enum(["success", "failure"]).optional(),
});

async function list({ world, request }: Call): Promise<Answer> {
  const url = new URL(request.target, world.url);
  const query = Query.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return refuse(400, "Bad Request");

  const { per_page, cursor, status } = query.data;
  const from = cursor === undefined ? Number.POSITIVE_INFINITY : Number(cursor.slice("v1_".length));
  const matching = world.deliveries.log
    .newestFirst()
    .filter((attempt) => attempt.id <= from && (status === undefined || isOk(attempt) === (status === "success")));
  const size = Math.min(per_page, longestPage);
  const next = matching[size];
  if (next) url.searchParams.set("cursor", `v1_${next.id}`);
  return json(200, matching.slice(0, size).map(toItem), next ? { link: `<${url}>; rel="next"` } : {});
}

async function one({ world }: Call, id: string): Promise<Answer> {
  const attempt = world.deliveries.log.find(Number(id));
  if (!attempt) return notFound;
  const { response } = attempt.outcome;
  return json(200, {
    ...toItem(attempt),
    url: attempt.url ?? "",
    request: { headers: attempt.headers, payload: attempt.sent.payload },
    response: { headers: response?.headers ?? null, payload: response?.body ?? null },
  });
}

/** GitHub only promises to send it: whether it arrived is seen in the log. */
async function again({ world }: Call, id: string): Promise<Answer> {
  const attempt = world.deliveries.log.find(Number(id));
  if (!attempt) return notFound;
  void world.deliveries.redeliver(attempt.sent.guid);
  return json(202, {});
}

const WithId = z.object({ id: z.number() });
const Origin = z.object({ action: z.string().optional(), installation: WithId.optional(), repository: WithId.optional() });

function toItem(attempt: LoggedAttempt) {
  const { id, sent, isRedelivery, outcome } = attempt;
  const { action, installation, repository } = Origin.safeParse(sent.payload).data ?? {};
  return {
    id,
    guid: sent.guid,
    delivered_at: new Date(outcome.at).toISOString(),
    redelivery: isRedelivery,
    duration: outcome.durationMs / 1000,
    ...verdict(attempt),
    event: sent.event,
    action: action ?? null,
    installation_id: installation?.id ?? null,
    repository_id: repository?.id ?? null,
    throttled_at: null,
  };
}

// The codes that GitHub gives where no receiver gave one. [from what its users report, not measured]
function verdict(attempt: LoggedAttempt): { status: string; status_code: number } {
  const { status, error = "" } = attempt.outcome;
  if (status !== undefined) return { status: isOk(attempt) ? "OK" : `Invalid HTTP Response: ${status}`, status_code: status };
  return error.includes("TimeoutError")
    ? { status: "timed out", status_code: 504 }
    : { status: "failed to connect to host", status_code: 502 };
}
