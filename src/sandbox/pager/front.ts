import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answerJson, readBody } from "../../bot/http.ts";

/** How a call goes wrong. */
export interface PagerFault {
  /** This answer instead of the real one. */
  readonly status?: number;
  /** Seconds, for the `Retry-After` header. */
  readonly retryAfter?: number;
  /** The real answer, late. */
  readonly delayMs?: number;
  /** No answer, but a broken connection. */
  readonly down?: true;
  /** How many calls go wrong; all of them unless told. */
  readonly times?: number;
}

export interface PagerAnswer {
  readonly status: number;
  readonly body: object;
}

const bodyLimit = 512 * 1024;

/** `POST /v2/enqueue` on a loopback port. */
export async function startPagerFront(take: (body: unknown) => PagerAnswer, nextFault: () => PagerFault | undefined, latencyMs: number) {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, bodyLimit);
    const fault = nextFault();
    if (fault?.down) return void request.socket.destroy();
    await sleep(latencyMs + (fault?.delayMs ?? 0));
    if (fault?.retryAfter !== undefined) response.setHeader("retry-after", String(fault.retryAfter));
    if (fault?.status !== undefined) return answerJson(response, fault.status, { status: "error", message: "The sandbox was told so." });
    if (request.method !== "POST" || request.url !== "/v2/enqueue") return answerJson(response, 404, {});
    const { status, body: said } = take(parse(body));
    answerJson(response, status, said);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => answerJson(response, 500, { message: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
