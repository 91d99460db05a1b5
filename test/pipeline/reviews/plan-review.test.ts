import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../../src/pipeline/changes.ts";
import { planReview } from "../../../src/pipeline/reviews/plan-review.ts";
import { aFile, numbered, tokensOf } from "./a-change.ts";

const rules = (tokensPerCall: number, mostCalls: number, paths: readonly string[] = []) => ({ tokensPerCall, mostCalls, skip: { paths } });
const large = rules(100_000, 4);
const plan = (files: readonly ChangedFile[], given = large) => planReview(files, given, tokensOf);
const pathsOf = ({ calls }: ReturnType<typeof plan>) => calls.map(({ files }) => files.map(({ path }) => path));

describe("what a review looks at", () => {
  it.each<[string, ChangedFile, string]>([
    ["a lock file", aFile("web/package-lock.json", "", "{}\n"), "generated"],
    ["a lock file of another tongue", aFile("Cargo.lock", "", "x\n"), "generated"],
    ["minified code", aFile("assets/app.min.js", "", "x\n"), "generated"],
    ["generated code", aFile("api/user.pb.go", "", "x\n"), "generated"],
    ["vendored code", aFile("go/vendor/x/y.go", "", "x\n"), "vendored"],
    ["what the settings leave out", aFile("legacy/a/b.c", "", "x\n"), "excluded"],
    ["an image", { path: "logo.png", status: "added", additions: 0, deletions: 0 }, "binary"],
    ["a diff that is too large", { path: "a.ts", status: "modified", additions: 30_000, deletions: 0 }, "too_large"],
    ["a file that was only moved", { path: "a.ts", previousPath: "b.ts", status: "renamed", additions: 0, deletions: 0 }, "nothing_added"],
    ["a removed file", aFile("a.ts", "x\n", "", { status: "removed" }), "removed"],
    ["what cannot be read", { ...aFile("a.ts", "x\n", "y\n"), patch: "@@ nonsense" }, "unreadable"],
  ])("is not %s, and it says so", (_, file, why) => {
    expect(plan([file], rules(100_000, 4, ["legacy/**"]))).toEqual({ calls: [], left: [{ path: file.path, why }] });
  });

  it("is a removed line too: what guarded something is missed", () => {
    expect(pathsOf(plan([aFile("a.ts", "check(a);\nrun(a);\n", "run(a);\n")]))).toEqual([["a.ts"]]);
  });

  it("is source before tests before what explains it", () => {
    const files = ["README.md", "test/pay.test.ts", "src/pay.ts", "src/pay_test.go"].map((path) => aFile(path, "", "x\n"));

    expect(pathsOf(plan(files))).toEqual([["src/pay.ts", "test/pay.test.ts", "src/pay_test.go", "README.md"]]);
  });

  it("is a whole file where one fits, and the smaller ones fill what room is left", () => {
    const files = [aFile("a.ts", "", numbered(60)), aFile("b.ts", "", numbered(60)), aFile("c.ts", "", numbered(5))];

    expect(pathsOf(plan(files, rules(300, 2)))).toEqual([["a.ts", "c.ts"], ["b.ts"]]);
  });

  it("is a file in parts where it fits no call, each line once and with its number", () => {
    const { calls, left } = plan([aFile("a.ts", "", numbered(200))], rules(300, 9));
    const lines = calls.flatMap(({ files }) => files.flatMap(({ text }) => text.split("\n").filter((line) => line.includes("+"))));

    expect(left).toEqual([]);
    expect(calls.length).toBeGreaterThan(2);
    expect(lines.map((line) => line.trim()).toSorted()).toEqual(
      Array.from({ length: 200 }, (_, at) => `${at + 1} + line ${at + 1}`).toSorted(),
    );
  });

  it("is as much of a file as there is money for, which it says", () => {
    const { calls, left } = plan([aFile("a.ts", "", numbered(200)), aFile("b.ts", "", numbered(200))], rules(300, 2));

    expect(calls).toHaveLength(2);
    expect(left).toEqual([
      { path: "a.ts", why: "over_budget", isPart: true },
      { path: "b.ts", why: "over_budget" },
    ]);
  });

  it("never exceeds the budget, and every file is in a call or named", () => {
    const file = fc.record({
      path: fc.constantFrom("src/a.ts", "src/b.rs", "test/c.test.ts", "docs/d.md", "yarn.lock", "vendor/e.go", "logo.png"),
      lines: fc.nat(80),
      isBroken: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(file, { selector: ({ path }) => path }),
        fc.integer({ min: 1, max: 400 }),
        fc.nat(4),
        (given, most, calls) => {
          const files = given.map(({ path, lines, isBroken }) => ({
            ...aFile(path, "", `${numbered(lines)}z\n`),
            ...(isBroken && { patch: "@@" }),
          }));
          const planned = plan(files, rules(most, calls));
          const named = new Set([...pathsOf(planned).flat(), ...planned.left.map(({ path }) => path)]);

          expect(planned.calls.length).toBeLessThanOrEqual(calls);
          for (const call of planned.calls) {
            expect(call.files.reduce((sum, { text }) => sum + tokensOf(text), 0)).toBe(call.tokens);
            expect(call.tokens).toBeLessThanOrEqual(most);
          }
          expect([...named].toSorted()).toEqual(files.map(({ path }) => path).toSorted());
        },
      ),
      { numRuns: 100 },
    );
  });
});
