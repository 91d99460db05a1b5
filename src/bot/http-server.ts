import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { answer, type Route } from "./http.ts";

/** A slow client may not hold a connection for longer. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
/** A request whose body is still on its way when we stop was not taken. */
const closeWithinMs = 3_000;

export interface HttpServer {
  /** Where it listens; the port is the real one when 0 was asked for. */
  readonly url: string;
  /** Takes no new connection and resolves when the open requests are answered. */
  close(): Promise<void>;
}

/**
 * Serves the routes on one port.
 *
 * @throws Error with `code` EADDRINUSE or EACCES when the port cannot be had
 */
export async function serve(
  routes: readonly Route[],
  { host, port, log }: { host: string; port: number; log: Logger },
): Promise<HttpServer> {
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: headersTimeoutMs }, (request, response) => {
    void handle(routes, request, response, log);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { url: urlOf(server, host), close: () => close(server) };
}

async function handle(routes: readonly Route[], request: IncomingMessage, response: ServerResponse, log: Logger): Promise<void> {
  const path = (request.url ?? "/").split("?")[0];
  const here = routes.filter((route) => route.path === path);
  // Node leaves the body out of an answer to HEAD by itself.
  const wanted = request.method === "HEAD" ? "GET" : request.method;
  const route = here.find(({ method }) => method === wanted);
  response.setHeader("x-content-type-options", "nosniff");
  if (!route && here.length > 0) response.setHeader("allow", here.map(({ method }) => method).join(", "));
  if (!route) return here.length > 0 ? answer(response, 405, "Not with this method.") : answer(response, 404, "There is nothing here.");

  try {
    await route.handle(request, response);
  } catch (error) {
    log.error({ err: error, path }, "a route broke");
    answer(response, 500, "Something broke.");
  }
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Keep-alive connections that turn idle while we wait would hold the server open.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const patience = setTimeout(() => server.closeAllConnections(), closeWithinMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(patience);
      resolve();
    });
  });
}
