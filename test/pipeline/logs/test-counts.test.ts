import { describe, expect, it } from "vitest";
import { TestCounter } from "../../../src/pipeline/logs/test-counts.ts";

function counted(text: string) {
  const counter = new TestCounter();
  for (const line of text.split("\n")) counter.read(line);
  return counter.counts();
}

describe("tests are counted as a runner sums them up", () => {
  it.each([
    [
      "cargo test",
      "test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.02s\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored",
      [6, 1, 2],
    ],
    ["nextest", "     Summary [   0.024s] 8 tests run: 5 passed (1 slow), 1 failed, 2 skipped", [5, 1, 2]],
    ["pytest", "==== 1 failed, 5 passed, 2 skipped, 1 warning in 0.12s ====", [5, 1, 2]],
    ["pytest -q", "5 passed in 0.01s", [5, 0, 0]],
    ["pytest", "=== 2 passed, 1 error in 1.20s ===", [2, 1, 0]],
    ["Vitest", " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 5 passed | 2 skipped (8)", [5, 1, 2]],
    ["Jest", "Test Suites: 1 failed, 1 passed, 2 total\nTests:       1 failed, 2 skipped, 3 todo, 5 passed, 11 total", [5, 1, 5]],
    ["Mocha", "  5 passing (1s)\n  2 pending\n  1 failing", [5, 1, 2]],
    ["Node", "ℹ tests 8\nℹ pass 5\nℹ fail 1\nℹ cancelled 0\nℹ skipped 2\nℹ todo 0", [5, 1, 2]],
    ["Node, as TAP", "# tests 6\n# pass 5\n# fail 1\n# skipped 0", [5, 1, 0]],
    [
      "go test -v",
      "=== RUN   TestA\n--- PASS: TestA (0.00s)\n    --- PASS: TestA/one (0.00s)\n--- FAIL: TestB (0.00s)\n--- SKIP: TestC (0.00s)",
      [2, 1, 1],
    ],
    ["CTest", "90% tests passed, 1 tests failed out of 10", [9, 1, 0]],
    [
      "Maven",
      "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.05 s -- in org.example.ATest\n[WARNING] Tests run: 10, Failures: 1, Errors: 1, Skipped: 2",
      [6, 2, 2],
    ],
    ["unittest", "Ran 10 tests in 0.01s\n\nFAILED (failures=1, errors=1, skipped=2)", [6, 2, 2]],
    ["unittest", "Ran 10 tests in 0.01s\n\nOK", [10, 0, 0]],
  ])("by %s", (_, text, [passed, failed, skipped]) => {
    expect(counted(text)).toEqual({ passed, failed, skipped });
  });

  it.each([
    "",
    "   Compiling a v0.1.0",
    "5 files passed to the linker",
    "--- PASSED",
    "Tests are fun",
    "# pass 5 of them",
    "1 failed attempt",
  ])("and not from: %s", (text) => {
    expect(counted(text)).toBeUndefined();
  });
});
