import { parentPort, workerData } from "node:worker_threads";
import { readCalendar } from "./read-calendar.ts";
import type { CalendarInput } from "./read-in-worker.ts";

const { text, from, to } = workerData as CalendarInput;
parentPort?.postMessage(readCalendar(text, from, to));
