import { describe, expect, it } from "vitest";
import { describeScore, rightInWords } from "../../../src/pipeline/orchestrator/describe-score.ts";
import { intervalOf, scoreOf } from "../../../src/pipeline/orchestrator/score.ts";
import { problemsOf } from "../../../src/pipeline/orchestrator/weekly-alert.ts";
import { cellWords } from "../../../src/reply.ts";
import { aDecision } from "./a-decision.ts";

const many = (count: number, changes: Parameters<typeof aDecision>[0] = {}, from = 0) =>
  Array.from({ length: count }, (_, index) => aDecision({ runId: from + index, ...changes }));
const unsure = { isSure: false, action: "ask_person", confidence: 0 } as const;

describe("the score of decisions", () => {
  it("counts each failure once, by the stage that had the last word and was sure", () => {
    const score = scoreOf([
      ...many(3, { stage: "known_issue" }),
      ...many(4, {}, 10),
      ...many(2, unsure, 20),
      ...many(1, { ...unsure, stage: "o3" }, 20),
      ...many(1, { ...unsure, stage: "person" }, 30),
    ]);

    expect(score.failures).toBe(10);
    expect(score.withoutPerson).toBe(7);
    expect(score.byStage.map(({ stage, decided }) => [stage, decided])).toEqual([
      ["known_issue", 3],
      ["claude", 4],
      ["o3", 1],
      ["person", 2],
    ]);
  });

  it("compares what is known of it with always retrying once, on the same failures", () => {
    const score = scoreOf([
      ...many(2, { truth: "flake", again: "passed" }),
      ...many(3, { action: "fix_change", truth: "fixed" }, 10),
      ...many(1, { truth: "fixed" }, 20),
      ...many(5, { truth: "unknown" }, 30),
      ...many(5, {}, 40),
    ]);

    expect(score.decided).toEqual({ right: 5, known: 6 });
    expect(score.baseline).toEqual({ right: 2, known: 6 });
  });

  it("says how sure Claude was, and how often that was right, without what it did not claim", () => {
    const score = scoreOf([
      ...many(2, { confidence: 0.95, truth: "flake" }),
      ...many(2, { confidence: 1, truth: "fixed" }, 10),
      ...many(1, { confidence: 0.6, truth: "flake", isSure: false }, 20),
      ...many(1, unsure, 30),
    ]);

    expect(score.calibration).toEqual([
      { from: 0.5, to: 0.7, claimed: 0.6, right: 1, known: 1 },
      { from: 0.9, to: 1, claimed: 0.975, right: 2, known: 4 },
    ]);
  });

  it("counts what was taken over neither as asked nor as paid", () => {
    const { costPico: _, ...free } = aDecision({ runId: 8, joins: "x" });
    const { models, costPico } = scoreOf([aDecision(), free, aDecision({ runId: 9, stage: "person", ...unsure, failure: "Quota." })]);

    expect(models).toMatchObject([{ model: "claude-opus-5-5", asked: 2, failed: 1, costPico: 60_000_000_000n }]);
    expect(costPico).toBe(60_000_000_000n);
  });

  it("has an interval that is wide for few, and within what is possible", () => {
    expect(intervalOf({ right: 0, known: 0 })).toBeUndefined();
    expect(intervalOf({ right: 10, known: 10 })).toMatchObject({ from: expect.closeTo(0.722, 3), to: 1 });
    expect(intervalOf({ right: 50, known: 100 })).toMatchObject({ from: expect.closeTo(0.404, 3), to: expect.closeTo(0.596, 3) });
    expect(rightInWords({ right: 9, known: 10 })).toBe("9 of 10 (90.0 %; likely between 60 and 98 %)");
    expect(rightInWords({ right: 90, known: 100 })).toBe("90 of 100 (90.0 %)");
    expect(rightInWords({ right: 0, known: 0 })).toBe("not known yet");
  });

  it("is told in words, also of nothing but failures that nobody was asked about", () => {
    const { costPico: _, model: __, ...plain } = aDecision({ ...unsure, stage: "person" });
    const parts = describeScore(scoreOf([plain]), "acme/shop", "today", []);
    const said = parts.flatMap((part) =>
      part.kind === "text" ? [part.text] : part.kind === "facts" ? part.facts.map(({ value }) => cellWords(value)) : [],
    );

    expect(said).toEqual([
      "acme/shop today: 1 failure, 0 % decided without a person",
      "not known yet",
      "not known yet",
      "no model was asked",
    ]);
  });
});

describe("a week's problems", () => {
  it.each([
    ["nine of ten were decided", [...many(9), ...many(1, unsure, 20)], 0],
    ["too few failed to say anything", [...many(5), ...many(4, unsure, 20)], 0],
    ["eight of ten were decided", [...many(8), ...many(2, unsure, 20)], 1],
    ["it was wrong where a retry would have been right", many(10, { action: "fix_change", truth: "flake" }), 1],
    ["it was as good as a retry", many(10, { truth: "flake" }), 0],
    ["too little is known", [...many(9, { action: "fix_change", truth: "flake" }), ...many(3, {}, 20)], 0],
  ])("%s", (_, decisions, count) => {
    expect(problemsOf(scoreOf(decisions))).toHaveLength(count);
  });
});
