import type { Readable } from "node:stream";

/** Keeps the first `most` bytes of what is printed. @returns gives the text so far */
export function upTo(most: number, stream: Readable, onMore: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
    else onMore();
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

/** Keeps at least the last `most` bytes of what is printed, and at most twice as many. @returns gives the text so far */
export function tailOf(most: number, stream: Readable): () => string {
  let chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < 2 * most) return;
    chunks = [Buffer.concat(chunks).subarray(-most)];
    bytes = most;
  });
  return () => Buffer.concat(chunks).toString("utf8");
}
