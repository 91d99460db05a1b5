import { isCalm } from "./harmless.ts";

interface TestNamePattern {
  readonly runner: string;
  /** Anchored. Group 1 is the name; in its place, group 2 may be the name and group 3 what it belongs to. */
  readonly pattern: RegExp;
  readonly looksLike: string;
}

/** How runners name a failed test on one line, sorted by runner; the first that matches counts. */
export const testNamePatterns: readonly TestNamePattern[] = [
  { runner: "Bun", pattern: /^ *\(fail\) (.{1,400}?)(?: \[[\d.]+ms\])?$/, looksLike: "(fail) adding > adds [0.12ms]" },
  { runner: "cargo test", pattern: /^test (.{1,400}?)(?: - should panic)? \.\.\. FAILED/, looksLike: "test tests::adds ... FAILED" },
  {
    runner: "CTest",
    pattern: /^\s*\d{1,6} - (\S{1,300}) \((?:Failed|Timeout|SEGFAULT|ILLEGAL|Subprocess aborted|Not Run|OTHER_FAULT)\)/,
    looksLike: "   3 - emulation (Failed)",
  },
  { runner: "Deno", pattern: /^(.{1,400}?) \.\.\. FAILED \(/, looksLike: "adds numbers ... FAILED (5ms)" },
  {
    runner: "dotnet test",
    pattern: /^ {1,4}Failed (\S.{0,400}?) \[(?:< )?[\d., ]{1,15}m?[smh]/,
    looksLike: "  Failed App.Tests.MathTests.Adds [12 ms]",
  },
  { runner: "Go test", pattern: /^ *(?:---|===) FAIL: (?:[\w./-]{1,200} )?(\S{1,400}) \(/, looksLike: "--- FAIL: TestAdds (0.00s)" },
  { runner: "Gradle", pattern: /^([\w.$]{1,300} > \S.{0,300}?)(?:\(\))? FAILED$/, looksLike: "MathTest > adds() FAILED" },
  {
    runner: "Jest",
    pattern: /^ *● (?!Console$|.{0,40}Warning|Test suite failed to run)(\S.{0,400} › .{1,400})$/,
    looksLike: "  ● adding › adds two numbers",
  },
  {
    runner: "lit",
    pattern: /^(?:FAIL|XPASS|TIMEOUT|UNRESOLVED): (.{1,300}?) \(\d+ of \d+\)/,
    looksLike: "FAIL: LLVM :: CodeGen/M68k/add.ll (12 of 300)",
  },
  {
    runner: "Maven",
    pattern: /^\[ERROR\] (?!Tests run)(\S{1,300}?) +(?:-- )?Time elapsed: .{1,40}<<< (?:FAILURE|ERROR)!/,
    looksLike: "[ERROR] org.example.MathTest.adds -- Time elapsed: 0.01 s <<< FAILURE!",
  },
  {
    runner: "minitest",
    pattern: /^ *([A-Z][\w:]{0,200}#test_\S{1,200}?)(?: \[.{1,300}\])?:$/,
    looksLike: "TestMath#test_adds [test/math_test.rb:7]:",
  },
  {
    runner: "nextest",
    pattern: /^ *(?:FAIL|TIMEOUT|ABORT|SIG[A-Z]{2,6})(?: \+ LEAK)? \[ *[\d.]{1,12}s\] (?:\( *\d+\/\d+\) )?(\S.{0,400})$/,
    looksLike: "        FAIL [   0.005s] nextstep tests::adds",
  },
  { runner: "Node test", pattern: /^ *✖ (?!failing tests)(.{1,400}) \(\d[\d.]{0,20}ms\)/, looksLike: "✖ adds two numbers (1.234ms)" },
  {
    runner: "PHPUnit",
    pattern: /^\d{1,6}\) (\S{1,300}::test\S{0,200}|\\?\w[\w\\]{1,300}::\w{1,200})(?: with data set .{1,100})?$/,
    looksLike: "1) Tests\\MathTest::testAdds",
  },
  {
    runner: "Playwright",
    pattern: /^ *\d{1,6}\) ((?:\[[^\]]{1,60}\] › )?\S{1,300}:\d+:\d+ › [^─]{1,400}?)[ ─]*$/,
    looksLike: "  1) [chromium] › tests/login.spec.ts:3:1 › logs in ──────",
  },
  {
    runner: "pytest",
    pattern: /^(?:FAILED|ERROR) (\S{1,300}\.py::[^ []{1,300}(?:\[[^\]]{0,200}\])?)/,
    looksLike: "FAILED tests/test_add.py::test_adds - assert 3 == 4",
  },
  {
    runner: "pytest",
    pattern: /^(\S{1,300}\.py::[^ []{1,300}(?:\[[^\]]{0,200}\])?) (?:FAILED|ERROR)\b/,
    looksLike: "tests/test_add.py::test_adds FAILED      [ 50%]",
  },
  { runner: "RSpec", pattern: /^rspec \S{1,300} # (.{1,400})$/, looksLike: "rspec ./spec/math_spec.rb:4 # Math adds two numbers" },
  {
    runner: "TAP",
    pattern: /^ *not ok(?: \d{1,9})?(?: -)? (?!.{0,400}# *(?:TODO|SKIP))([^#\s][^#]{0,400}?)(?: *#.*)?$/i,
    looksLike: "not ok 3 - adds two numbers # time=0.4ms",
  },
  {
    runner: "unittest",
    pattern: /^(?:FAIL|ERROR): (?:\w{1,300} \(([\w.]{1,300}\.test\w{0,200})\)|(\w{1,300}) \(([\w.]{1,300})\))/,
    looksLike: "FAIL: test_adds (test_math.TestMath.test_adds)",
  },
  {
    runner: "Vitest",
    pattern: /^ *FAIL +(?:\|\S{1,60}\| +)?(\S{1,300}\.[cm]?[jt]sx? > .{1,400})$/,
    looksLike: " FAIL  test/add.test.ts > adding > adds two numbers",
  },
  {
    runner: "xUnit.net",
    pattern: /^\[xUnit\.net [\d:.]{1,20}\] +(\S.{0,400}) \[FAIL\]/,
    looksLike: "[xUnit.net 00:00:00.51]     App.Tests.MathTests.Adds [FAIL]",
  },
];

/** Words of which every pattern needs one, in lower case, or a number in a list. */
const words = /fail|not ok|●|✖|#test_|rspec |timeout|error|xpass|unresolved|abort|sig|segfault|illegal|not run/;
const numbered = /^ *\d+\) /;

/** The failed test that a runner names on this line; undefined when it names none. */
export function testNameIn(line: string): string | undefined {
  if ((!words.test(line.toLowerCase()) && !numbered.test(line)) || isCalm(line)) return undefined;
  for (const { pattern } of testNamePatterns) {
    const match = pattern.exec(line);
    if (match) return match[1] ?? [match[3], match[2]].filter(Boolean).join(".");
  }
  return undefined;
}
