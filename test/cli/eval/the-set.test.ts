import { describe, expect, it } from "vitest";
import { packagedSet, readSet } from "../../../src/cli/eval/read-set.ts";
import { toReviewInput, toTriageInput } from "../../../src/cli/eval/to-input.ts";
import { mask } from "../../../src/pipeline/logs/mask.ts";
import { triageActions } from "../../../src/pipeline/orchestrator/triage.ts";

const set = readSet(packagedSet());
const { failures, diffs } = set;
const lineCount = (text: string) => text.trimEnd().split("\n").length;

describe("the failures", () => {
  it("are at least 60, each of another toolchain and with another log", () => {
    expect(failures.length).toBeGreaterThanOrEqual(60);
    expect(new Set(failures.map(({ label }) => label.toolchain)).size).toBe(failures.length);
    expect(new Set(failures.map(({ log }) => log)).size).toBe(failures.length);
    expect(new Set(failures.map(({ label }) => label.evidence.join())).size).toBe(failures.length);
  });

  it.each([
    ["fix_change", 0.4],
    ["retry", 0.3],
    ["wait", 0.15],
    ["start_workflow", 0.05],
    ["ask_person", 0.1],
  ] as const)("are balanced: %s is best for about %f of them", (action, share) => {
    const best = failures.filter(({ label }) => label.actions[0] === action).length;

    expect(triageActions).toContain(action);
    expect(Math.abs(best / failures.length - share)).toBeLessThanOrEqual(0.04);
  });

  it("are as long as logs are, with what the runner writes", () => {
    for (const { id, log } of failures) {
      expect([id, lineCount(log) >= 30 && lineCount(log) <= 200]).toEqual([id, true]);
      expect([
        id,
        log
          .trimEnd()
          .split("\n")
          .every((line) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z /.test(line)),
      ]).toEqual([id, true]);
      expect([id, log.includes("##[group]"), /##\[error\]|exit code/.test(log)]).toEqual([id, true, true]);
    }
  });

  it("are three to five times hostile", () => {
    const hostile = failures.filter(({ label }) => label.isHostile);

    expect(hostile.length).toBeGreaterThanOrEqual(3);
    expect(hostile.length).toBeLessThanOrEqual(5);
  });

  it("can be known from what the bot picks out of the log", async () => {
    const unknowable: string[] = [];
    for (const one of failures) {
      const shown = (await toTriageInput(one)).jobs.flatMap(({ excerpt }) => excerpt.split("\n").map((line) => line.trim()));
      if (!one.label.evidence.some((line) => shown.includes(line.trim()))) unknowable.push(one.id);
    }

    expect(unknowable).toEqual([]);
  });
});

describe("the diffs", () => {
  it("are 20 with a seeded bug and 10 clean ones, in many languages", () => {
    const clean = diffs.filter(({ label }) => label.clean !== undefined);

    expect([diffs.length - clean.length, clean.length]).toEqual([20, 10]);
    expect(new Set(diffs.map(({ label }) => label.language)).size).toBeGreaterThanOrEqual(9);
    expect(new Set(diffs.map(({ patch }) => patch)).size).toBe(diffs.length);
    const kinds = diffs.flatMap(({ label }) => label.bugs?.map(({ kind }) => kind) ?? []);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it("are of the size of a small change", () => {
    for (const { id, patch } of diffs) expect([id, lineCount(patch) >= 30 && lineCount(patch) <= 150]).toEqual([id, true]);
  });

  it("name the label to nobody who is asked", () => {
    for (const one of diffs) {
      const { text = "" } = toReviewInput(one).files[0] ?? {};
      expect(text).not.toContain(one.label.bugs?.[0]?.what ?? one.label.clean);
    }
  });
});

describe("the whole set", () => {
  it("holds nothing that looks like a secret", () => {
    for (const text of [...failures.map(({ log }) => log), ...diffs.map(({ patch }) => patch)]) expect(mask(text, [])).toBe(text);
  });

  it("has a digest that stays the same until it changes", () => {
    expect(readSet(packagedSet()).digest).toBe(set.digest);
    expect(set.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
