import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { CalendarReading } from "./read-calendar.ts";

export interface CalendarInput {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

const withinMs = 5_000;
const mostMegabytes = 128;

/** Beside this file in the repository as in the bundle. */
const worker = new URL(`./calendar-worker${extname(import.meta.url)}`, import.meta.url);

/** Reads a calendar on a thread of its own, which is ended when that takes too long or too much memory: rules for repeating can be endless. */
export function readInWorker(input: CalendarInput, limitMs = withinMs): Promise<CalendarReading> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: input, resourceLimits: { maxOldGenerationSizeMb: mostMegabytes }, stderr: true });
    const end = () => {
      clearTimeout(timer);
      void thread.terminate();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error("it takes too long to read"));
    }, limitMs);
    thread.once("message", (reading: CalendarReading) => {
      end();
      resolve(reading);
    });
    thread.once("error", (error) => {
      end();
      reject(error);
    });
    thread.once("exit", () => reject(new Error("it could not be read")));
  });
}
