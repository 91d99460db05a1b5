import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Secret } from "../../secret.ts";
import { answer } from "../http.ts";

/**
 * Whether who asks may: by one of the tokens. Where not, it has answered already; nothing of the body has been read.
 *
 * @param tokens none: nobody may, and is told what to set
 */
export function isLetIn(request: IncomingMessage, response: ServerResponse, tokens: readonly Secret[]): boolean {
  if (tokens.length === 0) {
    answer(response, 503, "Set NEXTRUST_API_TOKEN where the bot runs to let programs in: docs/events.md says how.");
    return false;
  }
  if (isOneOf(bearerIn(request.headers.authorization), tokens)) return true;
  response.setHeader("www-authenticate", 'Bearer realm="NeXTRust CI"');
  answer(response, 401, "Send one of the values of NEXTRUST_API_TOKEN: authorization: Bearer …");
  return false;
}

const bearerIn = (header = ""): string => /^bearer +(\S+) *$/i.exec(header)?.[1] ?? "";

/** How long it takes tells nothing: neither how long a token is, nor which of them it is, nor how much of it was right. */
function isOneOf(given: string, tokens: readonly Secret[]): boolean {
  const hash = digest(given);
  return tokens.map((token) => timingSafeEqual(hash, digest(token.reveal()))).includes(true);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
