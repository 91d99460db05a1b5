import { type DestinationStream, type Logger, pino } from "pino";
import type { LogLevel } from "./config/config.ts";

/** Paths that may hold a secret in what libraries throw; our own secrets are wrapped and print as "[secret]". */
const redacted = [
  "token",
  "authorization",
  "headers",
  "request",
  "response",
  "responseUrl",
  "*.token",
  "*.authorization",
  "*.headers",
  "*.responseUrl",
  "err.request",
  "err.response",
  "err.config",
  "err.cause.request",
  "err.cause.response",
];

/** Logs JSON lines, to standard error unless told, so that standard output stays for people and programs. */
export function createLog(level: LogLevel, destination: DestinationStream = pino.destination({ dest: 2, sync: false })): Logger {
  return pino({ level, base: null, redact: { paths: redacted, censor: "[redacted]" } }, destination);
}
