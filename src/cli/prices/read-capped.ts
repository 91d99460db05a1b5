import { createReadStream } from "node:fs";

const most = 50 * 1024 * 1024;

/**
 * Reads a file that somebody else wrote.
 *
 * @throws Error with a sentence, when it cannot be read or is too big
 */
export async function readCapped(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (size > most) throw new Error(`${file} is bigger than 50 MiB: it is not what it should be.`);
  return Buffer.concat(chunks).toString("utf8");
}
