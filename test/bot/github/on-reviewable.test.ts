import { describe, expect, it } from "vitest";
import { onReviewable } from "../../../src/bot/github/jobs/on-reviewable.ts";
import { autoReviewTask } from "../../../src/pipeline/reviews/auto-review-task.ts";
import type { ReviewTrigger } from "../../../src/pipeline/reviews/rules.ts";

const receivedAt = Date.parse("2026-11-23T10:00:00Z");
const headSha = "a".repeat(40);
const payload = (action: string, sha = headSha) => ({
  action,
  number: 12,
  repository: { full_name: "NeXTRust/NeXTRust" },
  pull_request: { head: { sha } },
});
const rules = (...on: ReviewTrigger[]) => ({ repository: "nextrust/nextrust", on });
const all = [rules("opened", "ready", "push", "phase")];

describe("a review that nobody asks for", () => {
  it.each([
    ["opened", "opened"],
    ["reopened", "opened"],
    ["ready_for_review", "ready"],
    ["synchronize", "push"],
  ])("begins when a pull request is %s", (action, trigger) => {
    expect(onReviewable(payload(action), all, receivedAt)).toEqual({
      id: `auto-review:nextrust/nextrust#12:${headSha}:${trigger}`,
      task: autoReviewTask,
      payload: { repository: "NeXTRust/NeXTRust", number: 12, headSha, trigger, at: receivedAt },
      lane: "auto-review:nextrust/nextrust#12",
    });
  });

  it("is one for all deliveries of the same, and another for each head and reason", () => {
    const ids = [payload("opened"), payload("reopened"), payload("synchronize"), payload("synchronize", "b".repeat(40))].map(
      (one, index) => onReviewable(one, all, receivedAt + index)?.id,
    );

    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toBe(ids[1]);
  });

  it.each(["closed", "edited", "labeled", "converted_to_draft", "dequeued"])("does not begin when it is %s", (action) => {
    expect(onReviewable(payload(action), all, receivedAt)).toBeUndefined();
  });

  it("begins only where the settings say so", () => {
    expect(onReviewable(payload("opened"), [], receivedAt)).toBeUndefined();
    expect(onReviewable(payload("opened"), [rules("ready", "push")], receivedAt)).toBeUndefined();
    expect(onReviewable(payload("opened"), [{ ...rules("opened"), repository: "nextrust/other" }], receivedAt)).toBeUndefined();
  });
});
