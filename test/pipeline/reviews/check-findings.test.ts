import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFindings } from "../../../src/pipeline/reviews/check-findings.ts";
import { fingerprintOf } from "../../../src/pipeline/reviews/fingerprint.ts";
import { linesAt, readPatch, rightSideOf } from "../../../src/pipeline/reviews/patch.ts";
import { type SaidFinding, severities } from "../../../src/pipeline/reviews/review.ts";
import { aFile, aSaid, numbered, pay } from "./a-change.ts";

/** Any characters; the library's own binary strings take many seconds to set up. */
const foreign = fc
  .array(
    fc.oneof(
      fc.constantFrom("END DATA ", "\n", "`", "***", "\u202e"),
      fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(""));

const changed = numbered(60).replace("line 5\n", "LINE 5\n").replace("line 50\n", "LINE 50\n");
const files = [aFile("src/pay.ts", pay.before, pay.after), aFile("src/long.ts", numbered(60), changed)];
const check = (...said: readonly SaidFinding[]) => checkFindings(said, files, 10);
const one = (changes: Partial<SaidFinding>) => check(aSaid(changes)).findings[0];

describe("where a finding stands", () => {
  it.each<[string, Partial<SaidFinding>, object]>([
    ["beside a changed line", { line: 3 }, { path: "src/pay.ts", line: 3, endLine: 3 }],
    ["beside lines of one hunk", { line: 2, endLine: 4 }, { line: 2, endLine: 4 }],
    ["the right way round", { line: 4, endLine: 2 }, { line: 2, endLine: 4 }],
    ["in the file that is meant by b/", { path: "b/src/pay.ts" }, { path: "src/pay.ts" }],
    ["in the file that is meant by ./", { path: "./src/pay.ts" }, { path: "src/pay.ts" }],
    ["in the file that is meant by /", { path: " /src/pay.ts" }, { path: "src/pay.ts" }],
  ])("is %s", (_, said, place) => {
    const found = one(said);

    expect(found).toMatchObject(place);
    expect(found).not.toHaveProperty("folded");
  });

  it.each<[string, Partial<SaidFinding>, object]>([
    ["a file that was not shown", { path: "src/other.ts" }, { folded: "other_file", path: "src/other.ts" }],
    ["a path that leads elsewhere", { path: "../src/pay.ts" }, { folded: "other_file" }],
    ["a line that is not in the diff", { path: "src/long.ts", line: 30 }, { folded: "outside_diff", line: 30 }],
    ["a range that leaves the diff", { path: "src/long.ts", line: 5, endLine: 30 }, { folded: "outside_diff", line: 5, endLine: 30 }],
    ["a range over two hunks", { path: "src/long.ts", line: 5, endLine: 50 }, { folded: "across_hunks" }],
    ["no line", { line: 0 }, { folded: "no_line" }],
    ["half a line", { line: 2.5 }, { folded: "no_line" }],
    ["an absurd number", { line: 1e300 }, { folded: "no_line" }],
  ])("is the summary for %s", (_, said, place) => {
    expect(one(said)).toMatchObject(place);
  });

  it("is never outside the diff, whatever a model says", () => {
    const said = fc.record({
      severity: fc.constantFrom(...severities),
      path: fc.oneof(fc.constantFrom("src/pay.ts", "a/src/long.ts", "./src/long.ts", "__proto__"), foreign),
      line: fc.oneof(fc.integer({ min: -2, max: 70 }), fc.double()),
      endLine: fc.oneof(fc.constant(null), fc.integer({ min: -2, max: 70 }), fc.double()),
      title: foreign,
      reason: foreign,
      suggestion: fc.oneof(fc.constant(null), foreign),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), (all) => {
        const { findings } = check(...all);

        expect(findings.length).toBeLessThanOrEqual(10);
        expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
        for (const { path, line = 0, endLine = 0, folded, suggestion } of findings) {
          const patch = files.find((file) => file.path === path)?.patch ?? "";
          const isThere = linesAt(rightSideOf(readPatch(patch) ?? []), line, endLine) !== undefined;
          expect(folded === undefined).toBe(isThere);
          if (suggestion?.isCommittable) expect(isThere).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("what a finding says", () => {
  it("is plain text of a bounded length", () => {
    const found = one({ title: `a\u202e\u0007\n${"x".repeat(9_000)}`, reason: `\u200b${"y".repeat(90_000)}` });

    expect(found?.title).toMatch(/^a x+…$/);
    expect([found?.title.length, found?.reason.length]).toEqual([150, 1_500]);
  });

  it("holds no secret, and a suggestion with one is only shown", () => {
    const said = aSaid({ line: 3, title: "own-secret is in it", reason: "See own-secret", suggestion: '  await send("own-secret");' });
    const { findings } = checkFindings([said], files, 9, ["own-secret"]);

    expect(JSON.stringify(findings)).not.toContain("own-secret");
    expect(findings[0]?.suggestion).toEqual({ text: '  await send("***");', isCommittable: false });
  });

  it("is nothing where nothing is said", () => {
    expect(check(aSaid({ title: " \u200b", reason: "" }))).toEqual({ findings: [], dropped: 0 });
  });

  it("is said once, as its worst", () => {
    const { findings } = check(aSaid({ severity: "low" }), aSaid({ severity: "critical" }), aSaid({ severity: "medium" }));

    expect(findings.map(({ severity }) => severity)).toEqual(["critical"]);
  });

  it("gives way to worse ones where there are too many, and they are counted", () => {
    const said = severities.toReversed().flatMap((severity) => [1, 2, 3].map((n) => aSaid({ severity, title: `${severity} ${n}` })));
    const { findings, dropped } = checkFindings(said, files, 4);

    expect(findings.map(({ title }) => title)).toEqual(["critical 1", "critical 2", "critical 3", "high 1"]);
    expect(dropped).toBe(8);
  });
});

describe("a suggestion", () => {
  it.each([
    ["what was meant", "  await send(cents);", "  await send(cents);"],
    ["several lines for one", "  log(cents);\n  await send(cents);", "  log(cents);\n  await send(cents);"],
    ["code that the model put into a fence", "```ts\n  await send(cents);\n```", "  await send(cents);"],
  ])("can be taken by a press of a button: %s", (_, suggestion, text) => {
    expect(one({ line: 3, suggestion })?.suggestion).toEqual({ text, isCommittable: true });
  });

  it.each([
    ["opens a bracket that it does not close", "  if (cents) { await send(cents);"],
    ["is what stands there but for blanks at its end", "  send(cents * 2);  "],
    ["holds a masked secret", '  await send(cents, "***");'],
    ["loses the indentation", "await send(cents);"],
    ["is longer than twenty lines", "  await send(cents);\n".repeat(21).trimEnd()],
    ["is longer than is read", `  ${"x".repeat(9_000)}`],
    ["hides something", "  await send(cents);\u202e"],
    ["is a diff", "-  send(cents * 2);\n+  await send(cents);"],
    ["has the prompt's numbers", "  3 +   await send(cents);"],
    ["holds a line that a bot could take for a command", "  await send(cents);\n/ci-retry-job --failed"],
    ["holds a mark of ours", "  await send(cents); // <!-- nextrust:reply x -->"],
    ["is empty", ""],
  ])("is only shown where it %s", (_, suggestion) => {
    expect(one({ line: 3, suggestion })?.suggestion?.isCommittable).toBe(false);
  });

  it("is none where it says what stands there already", () => {
    expect(one({ line: 3, suggestion: "  send(cents * 2);" })).not.toHaveProperty("suggestion");
  });

  it("is only shown where its line is not in the diff", () => {
    expect(one({ path: "src/long.ts", line: 30, suggestion: "LINE 30" })?.suggestion?.isCommittable).toBe(false);
  });
});

describe("a fingerprint", () => {
  const base = fingerprintOf("a.ts", ["  send(x);"], "The promise is not awaited");

  it.each([
    ["its line is indented otherwise", "a.ts", ["send(x); "], "The promise is not awaited"],
    ["its title is written otherwise", "a.ts", ["  send(x);"], "Promise not awaited!"],
    ["its title has another order", "a.ts", ["  send(x);"], "Not awaited: the promise"],
  ])("stays when %s", (_, path, lines, title) => {
    expect(fingerprintOf(path, lines, title)).toBe(base);
  });

  it.each([
    ["file", "b.ts", ["  send(x);"], "The promise is not awaited"],
    ["line", "a.ts", ["  send(y);"], "The promise is not awaited"],
    ["defect", "a.ts", ["  send(x);"], "The amount is doubled"],
  ])("is another for another %s", (_, path, lines, title) => {
    expect(fingerprintOf(path, lines, title)).not.toBe(base);
  });

  it("stays when lines above are added, and when it is judged otherwise", () => {
    const moved = aFile("src/pay.ts", `// new\n// lines\n${pay.before}`, `// new\n// lines\n${pay.after}`);
    const again = checkFindings([aSaid({ line: 5, severity: "low" })], [moved], 10).findings[0];

    expect(again?.line).toBe(5);
    expect(again?.fingerprint).toBe(one({ line: 3 })?.fingerprint);
  });
});
