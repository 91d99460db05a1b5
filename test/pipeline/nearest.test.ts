import { describe, expect, it } from "vitest";
import { nearest } from "../../src/pipeline/nearest.ts";
import { cpuMsOf } from "../cpu-time.ts";

const commands = ["ack", "budget", "cancel", "can", "clear-backoff", "get-logs", "help", "retry-job", "review", "status", "usage"];

describe("nearest", () => {
  it.each([
    ["retry", ["retry-job"]],
    ["retryx", []],
    ["retry-jbo", ["retry-job"]],
    ["staus", ["status"]],
    ["sttaus", ["status"]],
    ["statuses", ["status"]],
    ["logs", ["get-logs"]],
    ["hlep", ["help"]],
    ["c", ["can", "cancel", "clear-backoff"]],
    ["re", ["retry-job", "review"]],
    ["cance", ["can", "cancel"]],
    ["deploy", []],
    ["", []],
    ["__proto__", []],
  ])("offers for %j: %j", (name, expected) => {
    expect(nearest(name, commands)).toEqual(expected);
  });

  it("offers at most as many as asked", () => {
    expect(nearest("c", commands, 1)).toEqual(["can"]);
  });

  it("is not slowed by a name as long as a comment", () => {
    const name = "z".repeat(65_536);

    expect(nearest(name, commands)).toEqual([]);
    expect(cpuMsOf(() => nearest(name, commands))).toBeLessThan(50);
  });
});
