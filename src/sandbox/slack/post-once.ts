import { type Agent, request } from "node:http";

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly tookMs: number;
}

interface Post {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
  /** Without an agent every post has its own connection, which leaves the other side nothing to wait for when it stops. */
  readonly agent?: Agent;
}

/** One POST, its bytes sent exactly as given. */
export function postOnce(url: string, post: Post): Promise<HttpAnswer> {
  const { body, headers, deadlineMs, agent } = post;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const length = { "content-length": Buffer.byteLength(body) };
    const outgoing = request(url, { method: "POST", agent: agent ?? false, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        clearTimeout(timer);
        const contentType = response.headers["content-type"] ?? "";
        resolve({
          status: response.statusCode ?? 0,
          contentType,
          body: Buffer.concat(chunks).toString(),
          tookMs: performance.now() - startedAt,
        });
      });
    });
    const late = () => outgoing.destroy(new Error(`No answer from ${url} within ${deadlineMs} ms.`));
    const timer = deadlineMs === undefined ? undefined : setTimeout(late, deadlineMs);
    outgoing.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // A connection that lay idle may be closed in the moment in which it is used again; then nothing was heard
      // (https://nodejs.org/api/http.html#requestreusedsocket).
      if (outgoing.reusedSocket && error.code === "ECONNRESET") resolve(postOnce(url, post));
      else reject(error);
    });
    outgoing.end(body);
  });
}
