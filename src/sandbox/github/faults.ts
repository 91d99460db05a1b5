import { type Answer, json } from "./answer.ts";

/** How a call goes wrong. */
export type Fault =
  /** This answer instead of the real one, a text as HTML; nothing is carried out. */
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** The real answer, late. */
  | { readonly delayMs: number }
  /** GraphQL's 200 that says RATE_LIMITED. */
  | "rate-limited"
  /** No answer until the caller gives up. */
  | "hang"
  /** The connection breaks before anything is carried out. */
  | "drop-before"
  /** The call is carried out, then the connection breaks: the caller cannot know. */
  | "drop-after";

interface Planned {
  readonly match: RegExp;
  readonly fault: Fault;
  remaining: number;
}

/** Faults planned for the calls to come. A call is matched by its name: `GET /user`, `POST /graphql PrPipeline`. */
export class Faults {
  #planned: Planned[] = [];

  plan(match: RegExp, fault: Fault, times = 1): void {
    this.#planned.push({ match, fault, remaining: times });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault of this call, used up once. */
  take(callName: string): Fault | undefined {
    const planned = this.#planned.find(({ match, remaining }) => remaining > 0 && match.test(callName));
    if (planned) planned.remaining -= 1;
    return planned?.fault;
  }
}

/** What a fault answers, if it is one that answers. */
export function answerOf(fault: Fault): Answer | undefined {
  if (fault === "rate-limited") {
    const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded for installation." }];
    const resetAt = Math.ceil(Date.now() / 1000) + 60;
    return json(200, { errors }, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(resetAt) });
  }
  if (typeof fault === "string" || "delayMs" in fault) return undefined;
  if (typeof fault.body === "string")
    return { status: fault.status, headers: { "content-type": "text/html; charset=utf-8", ...fault.headers }, body: fault.body };
  return json(fault.status, fault.body ?? { message: `The sandbox was told to answer ${fault.status}.` }, fault.headers);
}
