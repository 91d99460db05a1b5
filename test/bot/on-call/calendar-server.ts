import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on loopback whose calendar is whatever it is told to serve. */
export interface CalendarServer {
  readonly url: string;
  /** How often it was asked. */
  readonly asked: number;
  serve(what: string | RequestListener): void;
  close(): Promise<void>;
}

export async function startCalendarServer(): Promise<CalendarServer> {
  let listener: RequestListener = (_, response) => response.end("");
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-token/on-call.ics`,
    get asked() {
      return asked;
    },
    serve(what) {
      listener = typeof what === "string" ? (_, response) => response.end(what) : what;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
