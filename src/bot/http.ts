import type { IncomingMessage, ServerResponse } from "node:http";

/** What answers one method and path. A handler that rejects answers 500 unless it already began to answer. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** A body that is not taken; `status` is what to answer. */
export class BodyRefused extends Error {
  override readonly name = "BodyRefused";
  readonly status: 400 | 413 | 503;

  constructor(status: 400 | 413 | 503) {
    super(`The body could not be taken (${status}).`);
    this.status = status;
  }
}

/** All bodies that are being read together, verified or not: strangers may not fill our memory. */
const mostBytesInFlight = 128 * 1024 * 1024;
let bytesInFlight = 0;

/**
 * Reads a request body of at most `limit` bytes, refusing by `content-length` before reading and by count while reading.
 *
 * @throws BodyRefused
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.reject(new BodyRefused(413));

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isHeld = true;
    const release = () => {
      if (isHeld) bytesInFlight -= size;
      isHeld = false;
    };
    const refuse = (status: 400 | 413 | 503) => {
      request.pause();
      release();
      chunks.length = 0;
      reject(new BodyRefused(status));
    };
    request.on("data", (chunk: Buffer) => {
      if (!isHeld) return;
      size += chunk.length;
      bytesInFlight += chunk.length;
      if (size > limit) refuse(413);
      else if (bytesInFlight > mostBytesInFlight) refuse(503);
      else chunks.push(chunk);
    });
    request.once("end", () => {
      release();
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    });
    request.once("error", () => refuse(400));
    request.once("close", () => refuse(400));
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
