import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answer, answerJson, readBody } from "../../bot/http.ts";
import type { ApiResponse } from "./web-api.ts";

interface Handlers {
  api(method: string, request: IncomingMessage, body: Buffer): Promise<ApiResponse>;
  response(id: string, body: Buffer): Promise<ApiResponse>;
  upload(id: string, headers: IncomingHttpHeaders, body: Buffer): Promise<ApiResponse>;
  /** Takes a connection for Socket Mode. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
}

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

const bodyLimit = 4 * 1024 * 1024;

/** Slack's addresses on one loopback port: the Web API, the response URLs, where files are posted to, and the sockets. */
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

const areas: Readonly<Record<string, (handlers: Handlers, name: string, request: IncomingMessage, body: Buffer) => Promise<ApiResponse>>> =
  {
    api: (handlers, method, request, body) => handlers.api(method, request, body),
    response: (handlers, id, _, body) => handlers.response(id, body),
    upload: (handlers, id, request, body) => handlers.upload(id, request.headers, body),
  };

async function route(handlers: Handlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, area, name = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
  const handle = area === undefined ? undefined : areas[area];
  if (!handle) return answer(response, 404);
  const { status, headers = {}, body: said } = await handle(handlers, name, request, await readBody(request, bodyLimit));
  for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
  answerJson(response, status, said);
}
