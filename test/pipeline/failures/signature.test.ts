import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSignature } from "../../../src/pipeline/failures/signature.ts";
import { cpuMsOf } from "../../cpu-time.ts";

describe("the signature of an error", () => {
  it.each([
    ["line and column", "src/boot.c:12:5: error: 'irq_count' undeclared", "src/boot.c:99:1: error: 'irq_count' undeclared"],
    [
      "times and durations",
      "2026-11-22T10:00:00.123Z FATAL could not open the ledger after 12.5s",
      "2026-11-23 11:01:02Z FATAL could not open the ledger after 900ms",
    ],
    [
      "commits and checksums",
      "error: object 9f86d081884c7d659a2feaa0c55ad015 is corrupt in pack",
      "error: object 60303ae22b998861bce3b28f33eec1be is corrupt in pack",
    ],
    ["UUIDs", "session 3f2504e0-4f89-41d3-9a0c-0305e82c3301 was not closed", "session 9c858901-8a57-4791-81fe-4c455b099bc9 was not closed"],
    ["addresses in memory", "ASSERT in heap_free at 0x7ffe12", "ASSERT in heap_free at 0xdeadbeef"],
    ["ports", "Error: listen EADDRINUSE: address already in use :::34567", "Error: listen EADDRINUSE: address already in use :::41000"],
    [
      "temporary files",
      "cp: cannot stat '/tmp/pytest-of-runner/pytest-0/out.bin': No such file or directory",
      "cp: cannot stat '/tmp/tmp.Xk3aQ/out.bin': No such file or directory",
    ],
    [
      "the runner's workspace",
      "/home/runner/work/shop/shop/src/a.ts(3,1): error TS2304: Cannot find name 'foo'.",
      "/__w/shop/shop/src/a.ts(8,20): error TS2304: Cannot find name 'foo'.",
    ],
    ["sizes and counts", "cache ledger overflow: 12 MiB of 10 MiB, 33 entries", "cache ledger overflow: 15 MiB of 10 MiB, 40 entries"],
    ["what the runner puts before it", "Error: --- FAIL: TestAdds (0.01s)", "--- FAIL: TestAdds (1.30s)"],
  ])("leaves out %s", (_, one, other) => {
    expect(toSignature(one)).toBeDefined();
    expect(toSignature(one)).toBe(toSignature(other));
  });

  it.each([
    ["the file", "src/boot.c:12:5: error: 'irq' undeclared", "src/trap.c:12:5: error: 'irq' undeclared"],
    ["the name in quotes", "error[E0425]: cannot find function `spin`", "error[E0425]: cannot find function `spawn`"],
    ["upper and lower case", "--- FAIL: TestAdds", "--- FAIL: Testadds"],
    ["the code of a mistake", "a.ts(1,1): error TS2304: of `x`", "a.ts(1,1): error TS2551: of `x`"],
    ["a status", "upload answered with status 503", "upload answered with status 404"],
    ["numbers that belong to a name", "--- FAIL: TestUtf8", "--- FAIL: TestUtf16"],
  ])("tells apart by %s", (_, one, other) => {
    expect(toSignature(one)).toBeDefined();
    expect(toSignature(one)).not.toBe(toSignature(other));
  });

  it.each([
    "Error: Process completed with exit code 1.",
    "make: *** [all] Error 2",
    "make[1]: *** [Makefile:12: src/kernel.o] Error 1",
    "error: aborting due to 2 previous errors",
    "error: could not compile `shop` (lib) due to 3 previous errors",
    "error[E0308]: mismatched types",
    "FAILED",
    "Build failed",
    "test result: FAILED. 3 passed; 1 failed; 0 ignored",
    "npm error Lifecycle script `test` failed with error:",
    " ELIFECYCLE  Command failed with exit code 1.",
    "E       assert 3 == 4",
    "E       AssertionError: assert False",
    "AssertionError: expected true to be false",
    "expect(received).toBe(expected)",
    "Segmentation fault (core dumped)",
    "/home/runner/work/_temp/1.sh: line 2:  4242 Killed",
    "Error: Test timed out in 5000ms.",
    "The operation was canceled.",
    "Error: One or more jobs failed",
    "The process '/usr/bin/git' failed with exit code 128",
    "",
  ])("is none for what says only that something failed: %s", (line) => {
    expect(toSignature(line)).toBeUndefined();
  });

  it("is none for what is known by its exit code alone", () => {
    expect(toSignature("deploy-preview exited with exit code 3", "exit code")).toBeUndefined();
  });

  it("has at most 200 characters", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 150, maxLength: 400, unit: fc.constantFrom(..."ab9 :/.é\u{1f600}") }), (line) => {
        const signature = toSignature(line);

        expect([...(signature ?? "")].length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it.each(["0", "a0", "/tmp/", "1.", "make: *** [", "0x", "12:", "E   ", "Error: ", "/home/runner/work/a/", "<n>", "é"])(
    "takes no time for a hostile line of %s",
    (piece) => {
      const line = piece.repeat(200_000);

      expect(cpuMsOf(() => toSignature(line))).toBeLessThan(100);
    },
  );
});
