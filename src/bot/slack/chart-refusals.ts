import type { Logger } from "pino";

const hourMs = 3_600_000;

/** Whether Slack takes charts: they are newer than its other blocks, and a workspace may be without them. */
export interface ChartRefusals {
  areRefused(): boolean;
  /** @param code Slack's refusal of a message that it took without its charts */
  add(code: string): void;
}

/** Remembers a refusal for an hour, so that not every message is tried twice. */
export function createChartRefusals(log: Logger, now: () => number): ChartRefusals {
  let refusedUntil = Number.NEGATIVE_INFINITY;
  const areRefused = () => now() < refusedUntil;
  return {
    areRefused,
    add(code) {
      if (!areRefused()) log.warn({ code }, "Slack refuses charts: they are tables for an hour");
      refusedUntil = now() + hourMs;
    },
  };
}
