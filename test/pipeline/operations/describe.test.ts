import { describe, expect, it } from "vitest";
import { describe as toReply } from "../../../src/pipeline/operations/describe.ts";
import type { End, Operation } from "../../../src/pipeline/operations/operations.ts";
import { anOperation } from "../../contracts/operations.ts";

const refused: Partial<Operation> = {
  stage: "ended",
  end: { kind: "refused", outcome: "not_applicable", reason: "too_old", message: "Too old." },
};
const failed: End = { kind: "refused", outcome: "failed", reason: "service_failed", message: "GitHub cannot be reached." };
const passed: Partial<Operation> = { stage: "ended", end: { kind: "concluded", state: "passed", attempt: 2, jobs: [] } };
const of = (...all: readonly Partial<Operation>[]) => toReply(all.map((changes, index) => anOperation({ id: `${index}`, ...changes })));

describe("a wish about several workflows", () => {
  it.each([
    ["one runs after one was refused", [refused, {}], "done", "retry_running"],
    ["one was refused after one ran", [{}, refused], "done", "retry_running"],
    ["one waits", [refused, { stage: "waiting" }], "queued", "retry_waiting"],
    ["one is unanswered", [{}, { stage: "asked" }, refused], "uncertain", "retry_asked"],
    ["one passed", [refused, passed], "done", "retry_passed"],
    ["all are refused", [refused, { stage: "ended", end: failed }], "not_applicable", "too_old"],
  ] as const)("has the reason of what gave the outcome, when %s", (_, operations, outcome, reason) => {
    expect(of(...operations)).toMatchObject({ outcome, reason });
  });
});
