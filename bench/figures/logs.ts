import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { excerptOf } from "../../src/pipeline/logs/excerpt.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { type Measured, toMeasured } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { ratio, spread } from "../words.ts";

const lines = 200_000;
const chunkBytes = 64 * 1024;
const bytesPerMb = 1_000_000;

/** A long log whose one error is at its end, read as a stream; the floor is Node's readline, which only parts it into lines. */
export async function measureLogs(_: Stage, { rounds }: Size): Promise<readonly Row[]> {
  const log = Buffer.from(buildLog());
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await mbPerSecond(log, async (chunks) => void (await excerptOf(chunks, { secrets: ["xoxb-a-secret-of-ours"] }))));
    floor.push(await mbPerSecond(log, countLines));
  }
  const [own, peer]: [Measured, Measured] = [toMeasured(ours), toMeasured(floor)];
  const word = (value: number) => `${Math.round(value)} MB/s`;
  const figure = `\`get-logs\`: first error found in a log of ${Math.round(log.length / bytesPerMb)} MB`;
  return [{ figure, ours: spread(own, word), peer: `readline ${spread(peer, word)}`, ratio: ratio(own, peer) }];
}

async function mbPerSecond(log: Buffer, read: (chunks: AsyncIterable<Uint8Array>) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await read(chunksOf(log));
  return log.length / bytesPerMb / ((performance.now() - startedAt) / 1_000);
}

async function* chunksOf(log: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.length; at += chunkBytes) yield log.subarray(at, at + chunkBytes);
}

async function countLines(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let count = 0;
  for await (const line of createInterface({ input: Readable.from(chunks), crlfDelay: Number.POSITIVE_INFINITY })) count += line.length;
  if (count === 0) throw new Error("The log is empty.");
}

function buildLog(): string {
  const rows = Array.from({ length: lines }, (_, at) => {
    const time = new Date(1_790_000_000_000 + at * 7).toISOString();
    return at % 5 === 0
      ? `${time} \u001b[32m   Compiling\u001b[0m crate-${at} v0.${at % 90}.1 (/home/runner/work/nextrust/nextrust/crates/c${at % 400})`
      : `${time} test kernel::fpu::trap::tests::case_${at} ... ok`;
  });
  return [...rows, "error[E0308]: mismatched types", "  --> src/lib.rs:4:9"].join("\n");
}
