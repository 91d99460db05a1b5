import { describe, expect, it } from "vitest";
import { failedTestsFromAnnotations } from "../../../src/pipeline/logs/annotated-tests.ts";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { aLog } from "./log.ts";

const failedTestsOf = async (log: string) => (await excerptOf(aLog(log), { secrets: [] })).failedTests;

describe("failed tests in JUnit's XML", () => {
  it.each([
    ["attributes in any order", '<testcase time="1" name="adds" classname="a.Math"><failure>x</failure></testcase>', ["a.Math.adds"]],
    ["single quotes", "<testcase classname='a.Math' name='adds'><error message='x'/></testcase>", ["a.Math.adds"]],
    [
      "entities",
      '<testcase classname="a &amp; b" name="&quot;x&quot; &lt; &#121; &#x7A; &apos;"><failure/></testcase>',
      ['a & b > "x" < y z \''],
    ],
    ["no class", '<testcase name="adds two numbers"><failure/></testcase>', ["adds two numbers"]],
    [
      "all on one line",
      '<testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"></testcase><testcase name="d"><skipped/></testcase>',
      ["b"],
    ],
    ["an attribute that holds >", '<testcase name="a > b" classname=""><failure/></testcase>', ["a > b"]],
    ["a tag over several lines", '<testcase\n  name="adds"\n  classname="a.Math"\n>\n  <failure\n message="x">', ["a.Math.adds"]],
    ["a failure after a test that passed", '<testcase name="a"/><failure/>', []],
    ["both failure and error", '<testcase name="a"><failure/><error/></testcase>', ["a"]],
    ["output that is no failure", '<testcase name="a"><system-err>error</system-err></testcase><error>', []],
    ["a character that is none", '<testcase name="a&#x110000;&#0;b"><failure/></testcase>', ["a&#x110000;b"]],
  ])("%s", async (_, xml, names) => {
    expect(await failedTestsOf(xml)).toEqual(names);
    expect(await failedTestsOf(xml.replaceAll("\n", "\r\n"))).toEqual(names);
  });
});

describe("failed tests of more runners", () => {
  it.each([
    ["test src/lib.rs - add (line 5) ... FAILED", "src/lib.rs - add (line 5)"],
    ["test tests::panics - should panic ... FAILED", "tests::panics"],
    ["FAIL: test_adds (test_math.TestMath)", "test_math.TestMath.test_adds"],
    ["adds(org.example.MathTest)  Time elapsed: 0.01 sec  <<< FAILURE!", undefined],
    ["  SIGILL [   0.012s] kernel tests::boots", "kernel tests::boots"],
    ["TestMath#test_adds:", "TestMath#test_adds"],
    ["FAILED tests/test_a.py::test_b[x y] - boom", "tests/test_a.py::test_b[x y]"],
    ["=== FAIL: pkg/math TestAdds (0.00s)", "TestAdds"],
    ["--- PASS: TestAdds (0.00s)", undefined],
    ["test tests::failed ... ok", undefined],
    ["ok 3 - not ok is a word", undefined],
    ["not ok 2 - later # TODO", undefined],
    ["##[error]FAILED tests/test_a.py::test_b - boom", "tests/test_a.py::test_b"],
  ])("%s", async (line, name) => {
    expect(await failedTestsOf(line)).toEqual(name === undefined ? [] : [name]);
  });
});

describe("failedTestsFromAnnotations", () => {
  it("takes a title that names a test", () => {
    expect(
      failedTestsFromAnnotations([
        { title: "test/add.test.ts > adding > adds two numbers", message: "AssertionError: 3 is not 4", path: "test/add.test.ts", line: 6 },
        { title: "test_adds (tests.test_math.TestMath) failed", message: "3 is not 4" },
        { title: "1 out of 2 runs failed: test_subtracts (tests.test_math.TestMath)", message: "3 is not 4" },
        { title: "org.example.MathTest.adds", message: "expected 4" },
        { title: "test fpu::trap::tests::restores_frame failed", message: "left is not right" },
        { title: "test_divides", message: "assert 3 == 4", path: "tests/test_math.py", line: 9 },
      ]),
    ).toEqual([
      "test/add.test.ts > adding > adds two numbers",
      "test_adds (tests.test_math.TestMath)",
      "test_subtracts (tests.test_math.TestMath)",
      "org.example.MathTest.adds",
      "fpu::trap::tests::restores_frame",
      "tests/test_math.py::test_divides",
    ]);
  });

  it("reads the message where the title names none, and names each test once", () => {
    const message = "--- FAIL: TestAdds (0.00s)\n    add_test.go:9: got 3";

    expect(
      failedTestsFromAnnotations([{ title: "go test", message }, { message }, { title: "", message: "FAILED tests/a.py::test_b - x" }]),
    ).toEqual(["TestAdds", "tests/a.py::test_b"]);
  });

  it("takes no other tool's error for a test", () => {
    expect(
      failedTestsFromAnnotations([
        { message: "Process completed with exit code 1.", path: ".github", line: 1 },
        { title: "error[E0308]: mismatched types in tests::adds", message: "expected u32", path: "src/lib.rs" },
        { title: "TS2322", message: "Type 'string' is not assignable to type 'number'." },
        { title: "eslint", message: "'test' is never used" },
      ]),
    ).toEqual([]);
  });
});
