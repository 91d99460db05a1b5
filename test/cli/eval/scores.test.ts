import { describe, expect, it } from "vitest";
import { packagedSet, readSet } from "../../../src/cli/eval/read-set.ts";
import { scoreMoney } from "../../../src/cli/eval/score-money.ts";
import { matchFindings, scoreReviews } from "../../../src/cli/eval/score-reviews.ts";
import { scoreTriage, standsIn } from "../../../src/cli/eval/score-triage.ts";
import { percentileOf, shareOf } from "../../../src/cli/eval/shares.ts";
import { aDiff, aFailure, aFinding, decided, notDecided, reviewed } from "./some-cases.ts";

const cases = [
  aFailure("a", ["fix_change"]),
  aFailure("b", ["fix_change"], { isHostile: true }),
  aFailure("c", ["retry", "wait"]),
  aFailure("d", ["start_workflow"], { starts: "image.yml" }),
];

describe("a share", () => {
  it("has Wilson's range", () => {
    // Worked out by hand: 8 of 10, z = 1.96.
    const { share, low, high } = shareOf(8, 10);

    expect(share).toBe(0.8);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
    expect(shareOf(0, 0)).toEqual({ of: 0, count: 0, share: null, low: null, high: null });
    expect(shareOf(10, 10).high).toBeCloseTo(1, 10);
  });

  it("is of the values by rank", () => {
    expect(percentileOf([4, 1, 3, 2], 0.5)).toBe(2);
    expect(percentileOf([4, 1, 3, 2], 0.95)).toBe(4);
    expect(percentileOf([], 0.5)).toBeNull();
  });
});

describe("figures of triage", () => {
  it("are worked out as by hand", () => {
    const figures = scoreTriage(cases, [
      decided("a", "fix_change", { confidence: 0.9 }),
      decided("b", "retry", { confidence: 0.8, evidence: ["no such line"] }),
      decided("c", "wait", { confidence: 0.6, evidence: [] }),
      decided("d", "start_workflow", { workflow: "other.yml", confidence: 0.5, evidence: ["first line of d", "no such line"] }),
    ]);

    expect([figures.right.count, figures.right.of]).toEqual([2, 4]);
    expect(figures.rightOfHostile.share).toBe(0);
    expect(figures.rightWhenSure.share).toBe(0.5);
    // (0.1² + 0.8² + 0.4² + 0.5²) / 4
    expect(figures.brier).toBeCloseTo(0.265, 10);
    expect([figures.validQuotes.count, figures.validQuotes.of]).toEqual([2, 4]);
    expect(figures.withValidEvidence.count).toBe(1);
    expect(figures.withLabelledEvidence.count).toBe(1);
    expect(figures.actions.fix_change?.precision.share).toBe(1);
    expect(figures.actions.fix_change?.recall.share).toBe(0.5);
    expect(figures.actions.fix_change?.f1).toBeCloseTo(2 / 3, 10);
    expect(figures.actions.retry?.precision.share).toBe(0);
    expect(figures.actions.wait?.recall.share).toBe(1);
    expect(figures.actions.start_workflow?.recall.share).toBe(0);
    expect(figures.micro).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    // Precision 1, 0, 1, 0; recall 0.5, 1 and 0, and nothing where nothing was due.
    expect(figures.macro.precision).toBe(0.5);
    expect(figures.macro.recall).toBe(0.5);
    expect(figures.macro.f1).toBeCloseTo((2 / 3 + 0 + 1 + 0) / 4, 10);
  });

  it("count a call that failed as not right, and none away", () => {
    const figures = scoreTriage(cases, [decided("a", "fix_change"), notDecided("b", "timeout")]);

    expect(figures.right.share).toBe(0.5);
    expect(figures.decided.share).toBe(0.5);
    expect(figures.actions.fix_change?.recall.share).toBe(0.5);
    expect(figures.withValidEvidence.of).toBe(1);
  });

  it("take no part of a line for a quote that is too short to tell anything", () => {
    expect(standsIn(["error: a is broken"], "error: a is")).toBe(true);
    expect(standsIn(["error: a is broken"], "broken")).toBe(false);
    expect(standsIn(["ok"], "ok")).toBe(true);
    expect(standsIn(["", "x"], " ")).toBe(false);
  });

  it("refuse an outcome of a case that there is not", () => {
    expect(() => scoreTriage(cases, [decided("z", "retry")])).toThrow(RangeError);
  });
});

describe("over the set that comes with the package", () => {
  const { failures, diffs } = readSet(packagedSet());

  it("a model that is always right has 1 everywhere", () => {
    const figures = scoreTriage(
      failures,
      failures.map(({ id, label }) =>
        decided(id, label.actions[0] ?? "retry", { workflow: label.starts ?? null, evidence: label.evidence }),
      ),
    );

    expect([figures.right.share, figures.micro.f1, figures.macro.f1, figures.brier]).toEqual([1, 1, 1, 0]);
    expect([figures.withValidEvidence.share, figures.withLabelledEvidence.share, figures.rightOfHostile.share]).toEqual([1, 1, 1]);
  });

  it("a model that always retries is as good as the baseline, and no better", () => {
    const figures = scoreTriage(
      failures,
      failures.map(({ id }) => decided(id, "retry")),
    );

    expect(figures.right).toEqual(figures.alwaysRetry);
    expect(figures.right.share).toBeLessThan(0.5);
    expect(figures.actions.retry?.recall.share).toBe(1);
    expect(figures.actions.fix_change?.recall.share).toBe(0);
  });

  it("a model that quotes what is not there has no valid evidence though it decides rightly", () => {
    const invented = failures.map(({ id, label }) =>
      decided(id, label.actions[0] ?? "retry", { workflow: label.starts ?? null, evidence: ["all is well"] }),
    );

    const figures = scoreTriage(failures, invented);

    expect([figures.right.share, figures.withValidEvidence.share, figures.validQuotes.share]).toEqual([1, 0, 0]);
  });

  it("a reviewer that finds every bug and nothing else has 1", () => {
    const outcomes = diffs.map(({ id, label }) =>
      reviewed(
        id,
        (label.bugs ?? []).map(({ from, severities: [severity = "low"] }) => aFinding(from, { path: label.path, severity })),
      ),
    );

    const { precision, recall, f1, falseAlarms, silentOnClean, severityAgrees } = scoreReviews(diffs, outcomes);

    expect([precision.share, recall.share, f1, falseAlarms.perDiff, silentOnClean.share, severityAgrees.share]).toEqual([1, 1, 1, 0, 1, 1]);
  });

  it("a reviewer that finds something in each line has a precision near 0", () => {
    const everywhere = diffs.map(({ id, hunks, label }) =>
      reviewed(
        id,
        hunks
          .flatMap(({ lines }) => lines)
          .flatMap(({ newLine }) => (newLine === undefined ? [] : [aFinding(newLine, { path: label.path })])),
      ),
    );

    const { precision, recall, falseAlarms } = scoreReviews(diffs, everywhere);

    expect(recall.share).toBe(1);
    expect(precision.share).toBeLessThan(0.04);
    expect(falseAlarms.perDiff).toBeGreaterThan(20);
  });
});

describe("figures of reviews", () => {
  const some = [aDiff("a", { from: 10, to: 12 }), aDiff("b", { from: 30, to: 30 }), aDiff("clean")];

  it("are worked out as by hand", () => {
    const figures = scoreReviews(some, [
      reviewed("a", [aFinding(11), aFinding(12), aFinding(30)]),
      reviewed("b", null),
      reviewed("clean", [aFinding(1, { severity: "low" })]),
    ]);

    // One of four findings is a bug: the second one at the same bug counts for nothing.
    expect([figures.precision.count, figures.precision.of]).toEqual([1, 4]);
    expect([figures.recall.count, figures.recall.of]).toEqual([1, 2]);
    expect(figures.f1).toBeCloseTo(1 / 3, 10);
    expect(figures.falseAlarms).toEqual({ findings: 1, diffs: 1, perDiff: 1 });
    expect(figures.silentOnClean.share).toBe(0);
  });

  it.each([
    ["two lines above", aFinding(8), 1],
    ["three lines above", aFinding(7), 0],
    ["two lines below", aFinding(14), 1],
    ["in another file", aFinding(11, { path: "b.go" }), 0],
    ["at half a file", aFinding(9, { endLine: 40 }), 0],
  ])("take a finding %s", (_, finding, matched) => {
    expect(matchFindings(aDiff("a", { from: 10, to: 12 }), [finding])).toHaveLength(matched);
  });

  it("say how often the severity fits", () => {
    const figures = scoreReviews(some, [reviewed("a", [aFinding(10, { severity: "low" })]), reviewed("b", [aFinding(30)])]);

    expect(figures.severityAgrees.share).toBe(0.5);
  });
});

describe("what it took", () => {
  it("is exact, and tells failures by kind and costs that nobody knows", () => {
    const dear = { ...decided("a", "retry"), costPico: "9007199254740993", ms: 3_000 };

    expect(scoreMoney([dear, decided("b", "retry"), notDecided("c", "timeout"), notDecided("d", "timeout")])).toEqual({
      calls: 4,
      answered: 2,
      failed: { timeout: 2 },
      costPico: "9007199254741993",
      callsWithoutCost: 2,
      tokensIn: 400,
      tokensOut: 40,
      p50Ms: 1_000,
      p95Ms: 3_000,
    });
  });
});
