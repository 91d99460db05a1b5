import type { ErrorPattern } from "./pattern.ts";

/** Test runners. Sorted by tool. */
export const testErrors: readonly ErrorPattern[] = [
  {
    tool: "cargo test",
    strength: "cause",
    pattern: /^ *thread '[^']{0,500}'(?: \(\d+\))? (?:panicked at|has overflowed its stack)/,
    looksLike: "thread 'tests::adds' (4242) panicked at src/lib.rs:12:9:",
  },
  {
    tool: "cargo test",
    strength: "hint",
    pattern: /^test (?:result: FAILED|.{1,500} \.\.\. FAILED)/,
    looksLike: "test tests::adds ... FAILED",
  },
  {
    tool: "CTest",
    strength: "cause",
    pattern: /^ *\d+\/\d+ Test +#\d+: .{1,300}\*\*\*(?:Failed|Exception|Timeout|Not Run)/,
    looksLike: " 3/10 Test  #3: emulation ....***Failed    0.01 sec",
  },
  { tool: "Deno", strength: "hint", pattern: /^.{1,300} \.\.\. FAILED \(/, looksLike: "adds numbers ... FAILED (5ms)" },
  {
    tool: "dotnet test",
    strength: "cause",
    pattern: /^ {1,4}Failed \S.{0,400} \[(?:< )?[\d., ms]{1,20}(?: s| m| h)?\]/,
    looksLike: "  Failed App.Tests.MathTests.Adds [12 ms]",
  },
  {
    tool: "dotnet test",
    strength: "cause",
    pattern: /^\[xUnit\.net [\d:.]+\] .{1,400} \[FAIL\]/,
    looksLike: "[xUnit.net 00:00:00.51]     App.Tests.MathTests.Adds [FAIL]",
  },
  { tool: "Go test", strength: "cause", pattern: /^ *--- FAIL: \S/, looksLike: "--- FAIL: TestAdds (0.00s)" },
  {
    tool: "Go test",
    strength: "end",
    pattern: /^FAIL(?:$|\s+\S+ (?:\d|\[))/,
    looksLike: "FAIL example.com/mod 0.012s",
    isAfterwards: true,
  },
  { tool: "Jest", strength: "cause", pattern: /^ *● (?!Console$|.{0,40}Warning)\S/, looksLike: "  ● adding › adds two numbers" },
  { tool: "Jest", strength: "hint", pattern: /^FAIL \S{1,300}\.[cm]?[jt]sx?(?: |$)/, looksLike: "FAIL src/add.test.js" },
  {
    tool: "lit",
    strength: "cause",
    pattern: /^(?:FAIL|XPASS|TIMEOUT|UNRESOLVED): .{1,300} \(\d+ of \d+\)/,
    looksLike: "FAIL: LLVM :: CodeGen/M68k/add.ll (12 of 300)",
  },
  { tool: "minitest", strength: "cause", pattern: /^ *(?:\d+\) )?(?:Failure|Error):$/, looksLike: "  1) Failure:" },
  { tool: "Mocha", strength: "cause", pattern: /^ +[1-9]\d* failing$/, looksLike: "  1 failing" },
  {
    tool: "nextest",
    strength: "hint",
    pattern: /^ *(?:TRY \d+ )?(?:FAIL|TIMEOUT|ABORT|SIG[A-Z]{2,6})(?: \+ LEAK)? \[ *[\d.]+s\]/,
    looksLike: "        FAIL [   0.005s] nextstep tests::adds",
  },
  {
    tool: "Node test",
    strength: "cause",
    pattern: /^ *✖ (?!failing tests).{1,400} \(\d[\d.]{0,20}ms\)/,
    looksLike: "✖ adds two numbers (1.234ms)",
  },
  { tool: "PHPUnit", strength: "cause", pattern: /^There (?:was|were) \d+ (?:failure|error)s?:/, looksLike: "There was 1 failure:" },
  {
    tool: "Playwright",
    strength: "cause",
    pattern: /^ *\d+\) (?:\[[^\]]{1,60}\] › )?\S{1,300}:\d+:\d+ › /,
    looksLike: "  1) [chromium] › tests/login.spec.ts:3:1 › logs in ──────",
  },
  { tool: "pytest", strength: "cause", pattern: /^E {2,}\S/, looksLike: "E       assert 3 == 4" },
  {
    tool: "pytest",
    strength: "hint",
    pattern: /^(?:FAILED|ERROR) \S{1,300}\.py(?:::|$| )/,
    looksLike: "FAILED tests/test_add.py::test_adds - assert 3 == 4",
  },
  { tool: "RSpec", strength: "cause", pattern: /^ *Failure\/Error: /, looksLike: "     Failure/Error: expect(sum).to eq(4)" },
  { tool: "TAP", strength: "cause", pattern: /^ *not ok\b(?!.{0,400}# *(?:TODO|SKIP))/i, looksLike: "not ok 3 - adds two numbers" },
  {
    tool: "unittest",
    strength: "hint",
    pattern: /^(?:FAIL|ERROR): \w{1,300} \([\w.]{1,300}\)/,
    looksLike: "FAIL: test_adds (test_math.TestMath.test_adds)",
  },
  {
    tool: "Vitest",
    strength: "cause",
    pattern: /^ *FAIL +(?:\S{1,60} +)?\S{1,300}\.[cm]?[jt]sx? (?:>|\[)/,
    looksLike: " FAIL  test/add.test.ts > adding > adds two numbers",
  },
];
