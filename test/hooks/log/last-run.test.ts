import { describe, expect, it } from "vitest";
import { lastRun } from "../../../src/hooks/log/last-run.ts";
import { aCheckout } from "../a-checkout.ts";

const aLine = (at: string, event = "stop", more: object = {}) => `${JSON.stringify({ at, event, ...more })}\n`;

describe("the last run of a hook", () => {
  it("is that of the newest day's last line", () => {
    using checkout = aCheckout();
    checkout.write(".claude/hook-logs/2026-11-22.jsonl", aLine("2026-11-22T23:00:00.000Z"));
    checkout.write(
      ".claude/hook-logs/2026-11-23.jsonl",
      aLine("2026-11-23T01:00:00.000Z") + aLine("2026-11-23T02:00:00.000Z", "session-end"),
    );

    expect(lastRun(checkout.path)).toEqual({ at: Date.parse("2026-11-23T02:00:00Z"), event: "session-end" });
  });

  it("is that of the line before one that is just being written", () => {
    using checkout = aCheckout();
    checkout.write(".claude/hook-logs/2026-11-23.jsonl", `${aLine("2026-11-23T01:00:00.000Z")}{"at":"2026-11-23T02:0`);

    expect(lastRun(checkout.path)?.at).toBe(Date.parse("2026-11-23T01:00:00Z"));
  });

  it("is found behind as many lines as there are", () => {
    using checkout = aCheckout();
    const lines = aLine("2026-11-23T01:00:00.000Z", "stop", { modules: "x".repeat(40_000) }).repeat(5);
    checkout.write(".claude/hook-logs/2026-11-23.jsonl", lines + aLine("2026-11-23T02:00:00.000Z"));

    expect(lastRun(checkout.path)?.at).toBe(Date.parse("2026-11-23T02:00:00Z"));
  });

  it("is unknown where there is no log", () => {
    using checkout = aCheckout();

    expect(lastRun(checkout.path)).toBeUndefined();
  });
});
