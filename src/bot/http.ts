import type { IncomingMessage, ServerResponse } from "node:http";

/** What answers one method and path. A handler that rejects answers 500 unless it already began to answer. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** The body is larger than the route takes. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/**
 * Reads a request body of at most `limit` bytes, refusing by `content-length` before reading and by count while reading.
 *
 * @throws BodyTooLarge; or the stream's own error when the client went away
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.reject(new BodyTooLarge());

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        reject(new BodyTooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    request.once("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)));
    request.once("error", reject);
    request.once("aborted", () => reject(new Error("The client went away.")));
  });
}

/** Answers and, when the body was not read to its end, closes the connection so that the client stops sending. */
export function answer(response: ServerResponse, status: number, body = "", contentType = "text/plain; charset=utf-8"): void {
  if (response.headersSent) return;
  const headers: Record<string, string | number> = { "content-type": contentType, "content-length": Buffer.byteLength(body) };
  if (!response.req.complete) headers.connection = "close";
  response.writeHead(status, headers);
  response.end(body);
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  answer(response, status, JSON.stringify(body), "application/json");
}
