import { describe, expect, it } from "vitest";
import { retryAfterMs } from "../../src/ai/retry-after.ts";

const now = Date.UTC(2026, 10, 23, 12);

describe("the wait that a service asks for", () => {
  it.each<[Record<string, string>, string | undefined, number | undefined]>([
    [{ "retry-after-ms": "250", "retry-after": "9" }, undefined, 250],
    [{ "retry-after": "1.5" }, undefined, 1500],
    [{ "retry-after": "Mon, 23 Nov 2026 12:00:30 GMT" }, undefined, 30_000],
    [{ "retry-after": "Mon, 23 Nov 2026 11:00:00 GMT" }, "33s", 33_000],
    [{}, "0.5s", 500],
    [{ "retry-after": "soon" }, "soon", undefined],
    [{ "retry-after": "-5" }, undefined, undefined],
    [{}, undefined, undefined],
  ])("is, by %j and a delay of %s, %s ms", (headers, retryDelay, ms) => {
    expect(retryAfterMs(new Headers(headers), retryDelay === undefined ? {} : { details: [{ retryDelay }] }, now)).toBe(ms);
  });
});
