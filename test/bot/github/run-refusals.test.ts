import { describe, expect, it } from "vitest";
import { toRunRefused } from "../../../src/bot/github/run-refusals.ts";
import { toEnd } from "../../../src/pipeline/operations/refusals.ts";

describe("what GitHub says when it refuses", () => {
  it.each([
    [403, "This workflow is already running", "already_running"],
    [403, "The workflow run containing this job is already running", "already_running"],
    [403, "This workflow run cannot be retried", "not_retryable"],
    [403, "Unable to retry this workflow run because it was created over a month ago", "too_old"],
    [403, "This workflow run cannot be retried because it was already re-run 50 times", "too_many_attempts"],
    [403, "You have exceeded the maximum number of re-runs.", "too_many_attempts"],
    [403, "This run is not from a fork pull request", "not_waiting"],
    [403, "Resource not accessible by integration", "not_permitted"],
    [403, "Must have admin rights to Repository.", "not_permitted"],
    [403, "", "not_retryable"],
    [404, "Not Found", "not_found"],
    [409, "Conflict", "forbidden"],
    [410, "Gone", "expired"],
    [422, "Validation Failed", "invalid"],
    [403, "Actions has been disabled for this user.", "forbidden"],
    [451, "Unavailable", "forbidden"],
  ] as const)("%i “%s” is %s, in a sentence that names the workflow or the repository", (status, said, refusal) => {
    expect(toRunRefused({ status, said })).toEqual({ because: refusal, said });
    expect(toEnd({ because: refusal, said }, "retry", { workflow: "CI", repository: "acme/shop" })).toMatchObject({
      reason: refusal,
      message: expect.stringMatching(/CI|acme\/shop/),
    });
  });
});
