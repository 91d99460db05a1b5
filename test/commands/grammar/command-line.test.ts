import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Arguments } from "../../../src/commands/grammar/arguments.ts";
import { parseCommandLine, parseSlashText, startsCommand } from "../../../src/commands/grammar/command-line.ts";
import { UserError } from "../../../src/errors.ts";
import { anyText } from "./any-text.ts";

describe("startsCommand", () => {
  it.each([
    "/ci",
    "/ci-",
    "/ci-status",
    "/ci status",
    "/CI-Status",
    "   /ci-status",
    "/ci\tstatus",
    "/ci-status\t#12",
    "/ci ",
    "/ci-retryx",
  ])("takes %j", (line) => {
    expect(startsCommand(line, "/ci")).toBe(true);
  });

  it.each([
    "",
    "ci-status",
    "/cistatus",
    "/cinema",
    "/ci.status",
    "/ci/status",
    "/ci,",
    "/ci_status",
    "x /ci-status",
    "    /ci-status",
    "\t/ci-status",
    "> /ci-status",
    "- /ci-status",
    "`/ci-status`",
    "\\/ci-status",
    "\u00a0/ci-status",
    "/c",
    "//ci-status",
  ])("leaves %j alone", (line) => {
    expect(startsCommand(line, "/ci")).toBe(false);
  });

  it("takes another prefix when one is configured", () => {
    expect(startsCommand("/Pipe-status", "/pipe")).toBe(true);
    expect(startsCommand("/ci-status", "/pipe")).toBe(false);
  });
});

describe("parseCommandLine", () => {
  it.each([
    ["/ci", { verb: "", text: "", rest: "" }],
    ["/ci-", { verb: "", text: "", rest: "" }],
    ["/ci-status", { verb: "status", text: "status", rest: "" }],
    ["/ci status", { verb: "status", text: "status", rest: "" }],
    ["  /CI-STATUS   #12  ", { verb: "status", text: "status #12", rest: "#12" }],
    ["/ci-retryx", { verb: "retryx", text: "retryx", rest: "" }],
    ["/ci-retry\tjob", { verb: "retry", text: "retry job", rest: "job" }],
    ["/ci-run  Build   env=Prod", { verb: "run", text: "run Build env=Prod", rest: "Build   env=Prod" }],
    ["/ci-retry-job --failed", { verb: "retry-job", text: "retry-job --failed", rest: "--failed" }],
    ["/ci-retry-job *x86* _a_", { verb: "retry-job", text: "retry-job *x86* _a_", rest: "*x86* _a_" }],
    ["/ci-ack -- I am on it", { verb: "ack", text: "ack", rest: "", reason: "I am on it" }],
    ["/ci-ack #3 --  mine -- really", { verb: "ack", text: "ack #3", rest: "#3", reason: "mine -- really" }],
    ["/ci-ack --", { verb: "ack", text: "ack", rest: "" }],
    ["/ci -- hello", { verb: "", text: "", rest: "", reason: "hello" }],
    ['/ci-retry "a -- b" -- don\'t "wait', { verb: "retry", text: 'retry "a -- b"', rest: '"a -- b"', reason: "don't \"wait" }],
    ['/ci-retry "a  b"   c', { verb: "retry", text: 'retry "a  b" c', rest: '"a  b"   c' }],
    ["/ci-__proto__ constructor=toString", { verb: "__proto__", text: "__proto__ constructor=toString", rest: "constructor=toString" }],
    ["/ci--failed", { verb: "-failed", text: "-failed", rest: "" }],
  ])("reads %j", (line, expected) => {
    expect(parseCommandLine(line, "/ci")).toEqual(expected);
  });

  it("takes the lines below as the reason", () => {
    expect(parseCommandLine("/ci-ack", "/ci", "\nflaky again\nsee above\n")?.reason).toBe("flaky again\nsee above");
  });

  it("prefers the reason on the line", () => {
    expect(parseCommandLine("/ci-ack -- flaky", "/ci", "Thanks all")?.reason).toBe("flaky");
  });

  it("gives distinct arguments distinct text", () => {
    const texts = ['a "b c"', "a b c", '"a b" c', '"a  b" c', "A b c"].map((args) => parseCommandLine(`/ci-x ${args}`, "/ci")?.text);

    expect(new Set(texts).size).toBe(texts.length);
  });

  it("gives any input inside the prefix exactly one outcome: arguments or a refusal", () => {
    const tail = fc.oneof(anyText, fc.stringMatching(/^[\w "=“”\\—#@*-]*$/));
    fc.assert(
      fc.property(fc.constantFrom("/ci", "/CI-", "  /ci ", "/ci\t"), tail, anyText, (head, tail, following) => {
        fc.pre(startsCommand(head + tail, "/ci"));

        const line = parseCommandLine(head + tail, "/ci", following);

        expect(line).toBeDefined();
        if (line) expect(outcomeOf(() => Arguments.parse(line).finish())).toMatch(/^(parsed|invalid)$/);
      }),
    );
  });
});

describe("parseSlashText", () => {
  it.each([
    ["", { verb: "", text: "", rest: "" }],
    ["  Status #12 ", { verb: "status", text: "status #12", rest: "#12" }],
    ["ack -- mine", { verb: "ack", text: "ack", rest: "", reason: "mine" }],
    ["ack\r\nmine", { verb: "ack", text: "ack", rest: "", reason: "mine" }],
  ])("reads %j", (text, expected) => {
    expect(parseSlashText(text)).toEqual(expected);
  });

  it("reads what GitHub's form reads", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]+( [\w#"=*-]+)*$/), (text) => {
        expect(parseSlashText(text)).toEqual(parseCommandLine(`/ci-${text}`, "/ci"));
      }),
    );
  });
});

function outcomeOf(parse: () => void): string {
  try {
    parse();
    return "parsed";
  } catch (error) {
    return error instanceof UserError ? error.outcome : `bug: ${String(error)}`;
  }
}
