import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answer, answerJson, readBody } from "../../bot/http.ts";
import type { ApiResponse } from "./web-api.ts";

interface Handlers {
  api(method: string, request: IncomingMessage, body: Buffer): Promise<ApiResponse>;
  response(id: string, body: Buffer): Promise<ApiResponse>;
  /** Takes a connection for Socket Mode. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
}

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

const bodyLimit = 4 * 1024 * 1024;

/** Slack's addresses on one loopback port: the Web API, the response URLs and the sockets. */
export async function startFront(handlers: Handlers): Promise<Front> {
  const server = createServer((request, response) => {
    route(handlers, request, response).catch((error: unknown) =>
      answerJson(response, 500, { ok: false, error: "fatal_error", detail: String(error) }),
    );
  });
  server.on("upgrade", (request, stream, head) => handlers.upgrade(request, stream, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function route(handlers: Handlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, area, name = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
  if (area !== "api" && area !== "response") return answer(response, 404);
  const body = await readBody(request, bodyLimit);
  const {
    status,
    headers = {},
    body: said,
  } = area === "api" ? await handlers.api(name, request, body) : await handlers.response(name, body);
  for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
  answerJson(response, status, said);
}
