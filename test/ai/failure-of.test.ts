import { describe, expect, it } from "vitest";
import { failureOf } from "../../src/ai/failure-of.ts";
import { saidIn } from "../../src/ai/said-error.ts";
import type { Failure } from "../../src/pipeline/ai/provider.ts";

describe("what an API says is wrong", () => {
  it.each<[number | undefined, unknown, Failure]>([
    [429, { code: "insufficient_quota", type: "insufficient_quota" }, "quota"],
    [429, { code: null, type: "insufficient_quota" }, "quota"],
    [400, { code: "billing_hard_limit_reached", type: "invalid_request_error" }, "quota"],
    [429, { code: "rate_limit_exceeded", type: "tokens" }, "rate_limited"],
    [429, undefined, "rate_limited"],
    [402, undefined, "quota"],
    [403, { code: "unsupported_country_region_territory" }, "unauthorised"],
    [403, { code: "model_not_found" }, "retired"],
    [404, { code: "model_not_found" }, "retired"],
    [404, { code: null, type: "invalid_request_error" }, "unusable"],
    [410, undefined, "retired"],
    [400, { code: "context_length_exceeded" }, "too_large"],
    [413, "<html>", "too_large"],
    [400, { code: "invalid_prompt" }, "refused"],
    [422, { code: "whatever" }, "not_taken"],
    [400, { code: "constructor", type: "toString" }, "not_taken"],
    [408, undefined, "unavailable"],
    [529, undefined, "unavailable"],
    [undefined, { code: "rate_limit_exceeded" }, "rate_limited"],
    [undefined, undefined, "unavailable"],
    [400, [{ error: { code: 400, status: "INVALID_ARGUMENT", details: [{ "@type": "x", reason: "API_KEY_INVALID" }] } }], "unauthorised"],
    [400, [{ error: { code: 400, status: "INVALID_ARGUMENT", details: [{ fieldViolations: [] }] } }], "not_taken"],
    [403, [{ error: { code: 403, status: "PERMISSION_DENIED" } }], "unauthorised"],
    [404, [{ error: { code: 404, status: "NOT_FOUND" } }], "retired"],
    [429, [{ error: { code: 429, status: "RESOURCE_EXHAUSTED", details: [{ violations: [{ quotaId: "RequestsPerDay" }] }] } }], "quota"],
    [
      429,
      [{ error: { code: 429, status: "RESOURCE_EXHAUSTED", details: [{ violations: [{ quotaId: "RequestsPerMinute" }] }] } }],
      "rate_limited",
    ],
    [503, [{ error: { code: 503, status: "UNAVAILABLE" } }], "unavailable"],
  ])("%s with %j is %s", (status, body, failure) => {
    expect(failureOf(status, saidIn(body))).toBe(failure);
  });
});
