import { describe, expect, it } from "vitest";
import type { Conclusion } from "../../../src/pipeline/policy/rule.ts";
import { advance, type Standing, type Transition } from "../../../src/pipeline/policy/standing.ts";

type Step = readonly [number: number, attempt: number, conclusion: Conclusion, transition: Transition];

/** What each run's end means, in the order of arrival. */
function transitions(steps: readonly Step[]): Transition[] {
  let standing: Standing | undefined;
  return steps.map(([number, attempt, conclusion]) => {
    const { transition, after } = advance(standing, { runId: number, number, attempt, conclusion });
    standing = after;
    return transition;
  });
}

describe("how a workflow stands on a branch", () => {
  it.each<[string, readonly Step[]]>([
    [
      "fails, fails again, recovers, passes",
      [
        [1, 1, "failure", "failed"],
        [2, 1, "timed_out", "still_failing"],
        [3, 1, "success", "recovered"],
        [4, 1, "success", "passed"],
      ],
    ],
    [
      "recovers on another attempt",
      [
        [1, 1, "failure", "failed"],
        [1, 2, "success", "recovered"],
      ],
    ],
    [
      "stays red when the run before ends later",
      [
        [2, 1, "failure", "failed"],
        [1, 1, "success", "overtaken"],
        [3, 1, "failure", "still_failing"],
      ],
    ],
    [
      "stays red when the run before passes on another attempt",
      [
        [1, 1, "failure", "failed"],
        [2, 1, "failure", "still_failing"],
        [1, 2, "success", "overtaken"],
        [3, 1, "success", "recovered"],
      ],
    ],
    [
      "stays green when an older run fails late",
      [
        [2, 1, "success", "passed"],
        [1, 1, "failure", "overtaken"],
        [3, 1, "success", "passed"],
      ],
    ],
    [
      "is not moved by what neither passed nor failed",
      [
        [1, 1, "failure", "failed"],
        [2, 1, "cancelled", "other"],
        [3, 1, "success", "recovered"],
      ],
    ],
    [
      "counts one end once",
      [
        [1, 1, "failure", "failed"],
        [1, 1, "failure", "seen"],
      ],
    ],
  ])("%s", (_, steps) => {
    expect(transitions(steps)).toEqual(steps.map(([, , , transition]) => transition));
  });
});
