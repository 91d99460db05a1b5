import { type Logger as BoltLogger, LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

/** Bolt's and the web client's words in our log, one level quieter: they report what we handle and report ourselves. */
export function boltLogger(log: Logger): BoltLogger {
  const write =
    (level: "debug" | "info" | "warn") =>
    (...words: unknown[]) => {
      const err = words.find((word) => word instanceof Error);
      log[level]({ ...(err && { err }), bolt: words.filter((word) => !(word instanceof Error)).join(" ") }, "Slack's library reported");
    };
  return {
    // Its debug lines hold whole payloads: people's names, e-mail addresses and answer URLs.
    debug: () => {},
    info: write("debug"),
    warn: write("debug"),
    error: write("warn"),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
