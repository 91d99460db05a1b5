import { type Answer, type ApiRequest, pathOf } from "../../answer.ts";
import type { Logs } from "./logs.ts";

const prefix = "/_logs/";

export const logAddress = (url: string, token: string): string => `${url}${prefix}${token}`;

export const isLogAddress = (request: ApiRequest): boolean => pathOf(request).startsWith(prefix);

/** Answers as the storage does to which GitHub redirects: the address is all that it wants, and it takes no token beside it. */
export function answerLogAddress(logs: Logs, request: ApiRequest): Answer {
  if (request.headers.authorization !== undefined) return storageError(400, "InvalidAuthenticationInfo");
  const text = logs.at(pathOf(request).slice(prefix.length));
  if (text === undefined) return storageError(403, "AuthenticationFailed");
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}

const storageError = (status: number, code: string): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`,
});
