import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type ApiRequest, pathOf, refuse } from "./answer.ts";
import type { Answered } from "./api.ts";
import { callName } from "./call-name.ts";
import type { Exchanges } from "./exchanges.ts";
import { answerOf, type Faults } from "./faults.ts";

/** One API call from outside, in the order of arrival. */
export interface ApiCall {
  /** `GET /user`, `POST /graphql PrPipeline`. */
  readonly name: string;
  readonly actor: string;
  readonly at: number;
  /** Absent when the caller got no answer. */
  readonly status?: number;
}

export interface FrontOptions {
  readonly port: number;
  readonly faults: Faults;
  readonly exchanges: Exchanges;
  readonly latencyMs: () => number;
  readonly onCall: (call: ApiCall) => void;
}

export interface Front {
  readonly url: string;
  /** What to answer with; calls before that get a 503. */
  serve(api: (request: ApiRequest) => Promise<Answered>, onEmitted: (event: string, body: string) => Promise<unknown>): void;
  /** Where the emulator says what happened; unguessable, because it is believed. */
  readonly emittedPath: string;
  close(): Promise<void>;
}

/** The HTTP server that is GitHub to the bot. */
export async function startFront({ port, faults, exchanges, latencyMs, onCall }: FrontOptions): Promise<Front> {
  const emittedPath = `/${randomUUID()}`;
  let api: ((request: ApiRequest) => Promise<Answered>) | undefined;
  let onEmitted: ((event: string, body: string) => Promise<unknown>) | undefined;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await toApiRequest(incoming);
    if (pathOf(request) === emittedPath) {
      response.writeHead(202).end();
      await onEmitted?.(request.headers["x-github-event"] ?? "", request.body.toString());
      return;
    }

    const name = callName(request);
    const at = Date.now();
    if (latencyMs() > 0) await sleep(latencyMs());
    const fault = faults.take(name);
    const planned = fault && answerOf(fault);
    const isSlow = typeof fault === "object" && "delayMs" in fault;
    if (isSlow) await sleep(fault.delayMs, undefined, { ref: false });
    const isSilent = fault === "hang" || fault === "drop-before";
    const answered = planned || isSilent || !api ? undefined : await api(request);
    const answer = planned ?? answered?.answer ?? refuse(503, "The sandbox is starting.");
    const isAnswered = typeof fault !== "string" || planned !== undefined;
    onCall({ name, actor: nameOf(answered), at, ...(isAnswered && { status: answer.status }) });
    if (answered && (!fault || isSlow)) exchanges.tell(answered.actor?.kind === "person" ? "person" : "app", request, answer);

    if (isAnswered) {
      response.writeHead(answer.status, { ...answer.headers, "x-github-request-id": randomUUID() }).end(answer.body);
    } else if (fault !== "hang") {
      response.destroy();
    }
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      // A caller that went away is its own affair; anything else is a defect of the sandbox and is told to the caller.
      if (!response.headersSent) response.writeHead(500).end(String(error instanceof Error ? error.stack : error));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    emittedPath,
    serve(nextApi, nextOnEmitted) {
      api = nextApi;
      onEmitted = nextOnEmitted;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function toApiRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]);
  return {
    method: incoming.method ?? "GET",
    target: incoming.url ?? "/",
    headers: Object.fromEntries(headers),
    body: await buffer(incoming),
  };
}

function nameOf(answered: Answered | undefined): string {
  const actor = answered?.actor;
  if (!actor) return "unknown";
  return "login" in actor ? actor.login : actor.kind;
}
