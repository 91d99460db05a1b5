import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { Postponed } from "../../../src/pipeline/queue.ts";
import { afterFailure } from "../../../src/state/embedded/after-failure.ts";

const latest = () => 1;
const earliest = () => 0;
const failure = (retryable: boolean, retryAfterMs?: number) =>
  new ServiceError("down", { service: "GitHub", retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) });

describe("after a failure", () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [40, 300_000],
  ])("attempt %i is repeated after at most %i ms", (attempt, delayMs) => {
    expect(afterFailure(new Error("down"), attempt, 99, latest)).toEqual({ kind: "later", delayMs, countsAsAttempt: true, error: "down" });
    expect(afterFailure(new Error("down"), attempt, 99, earliest)).toMatchObject({ delayMs: 0 });
  });

  it("the other system's own wish is honoured", () => {
    expect(afterFailure(failure(true, 60_000), 1, 10, latest)).toMatchObject({ delayMs: 60_000 });
    expect(afterFailure(failure(true, 10), 1, 10, latest)).toMatchObject({ delayMs: 1_000 });
  });

  it("the last attempt and a hopeless failure make a dead letter", () => {
    expect(afterFailure(new Error("down"), 10, 10, latest)).toEqual({ kind: "dead", error: "down" });
    expect(afterFailure(failure(false), 1, 10, latest)).toEqual({ kind: "dead", error: "down" });
  });

  it("a postponement uses up nothing, even in the last attempt", () => {
    expect(afterFailure(new Postponed(70), 10, 10, latest)).toEqual({ kind: "later", delayMs: 70, countsAsAttempt: false });
  });

  it("only a message of bounded length is kept", () => {
    const error = new Error("x".repeat(2_000), { cause: "secret" });

    const end = afterFailure(error, 10, 10, latest);

    expect(end).toEqual({ kind: "dead", error: "x".repeat(500) });
  });
});
