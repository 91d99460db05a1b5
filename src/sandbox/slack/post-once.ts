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
export function postOnce(url: string, { body, headers, deadlineMs, agent }: Post): Promise<HttpAnswer> {
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
    outgoing.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(body);
  });
}
