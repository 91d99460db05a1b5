import type { IncomingMessage, ServerResponse } from "node:http";
import { answerJson, type Route } from "../../bot/http.ts";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Lets only this machine's own page in. A foreign name that resolves to loopback is refused by its `Host` (DNS rebinding), a foreign page by
 * its `Origin` or, for a POST, by a content type that no form can send (CSRF).
 */
export function guarded(route: Route): Route {
  return {
    ...route,
    handle(request, response) {
      setHeaders(response);
      if (!isOwnPage(request)) return answerJson(response, 403, { error: "The console answers only its own page on this machine." });
      if (route.method === "POST" && !request.headers["content-type"]?.startsWith("application/json")) {
        return answerJson(response, 415, { error: "Send JSON." });
      }
      return route.handle(request, response);
    },
  };
}

function isOwnPage({ headers: { host = "", origin } }: IncomingMessage): boolean {
  if (!loopback.has(host.replace(/:\d+$/, ""))) return false;
  return origin === undefined || origin === `http://${host}`;
}

function setHeaders(response: ServerResponse): void {
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("cache-control", "no-store");
}
