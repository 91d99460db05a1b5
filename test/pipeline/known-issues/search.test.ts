import { describe, expect, it } from "vitest";
import { listedIssues } from "../../../src/config/listed-issues.ts";
import type { ListedIssue } from "../../../src/pipeline/known-issues/known-issues.ts";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { aLog } from "../logs/log.ts";

interface Written {
  readonly id?: string;
  readonly pattern?: string;
  readonly contexts?: readonly string[];
  readonly variants?: readonly string[];
  readonly phase?: string;
}

const issuesOf = (...issues: readonly Written[]): readonly ListedIssue[] =>
  listedIssues({
    schema_version: "1.0",
    known_issues: issues.map(({ id = "one", pattern = "SIGILL", contexts = [], variants = [], phase = null }) => ({
      id,
      phase,
      category: "test",
      cpu_variants: [...variants],
      error_pattern: pattern,
      context_patterns: [...contexts],
      description: "It is known.",
      metadata: { first_seen: null, occurrences: 0, last_fix_success: null, references: [] },
    })),
  }).all;

interface Asked {
  readonly job?: string;
  readonly phase?: string;
  readonly secrets?: readonly string[];
}

async function find(log: string | AsyncIterable<Uint8Array>, issues: readonly ListedIssue[], asked: Asked = {}) {
  const { job = "build", phase, secrets = [] } = asked;
  const bytes = typeof log === "string" ? aLog(log) : log;
  return (await excerptOf(bytes, { secrets, lookFor: { issues, job, phase } })).known;
}
const idIn = async (...asked: Parameters<typeof find>) => (await find(...asked))?.id;

const time = "2026-11-01T10:00:00.0000000Z ";

describe("a known issue", () => {
  it("is told by a line of the log as people read it, and shows that line", async () => {
    const log = `${time}start\n${time}\u001b[31m##[error]  boot: SIGILL\u001b[0m\n${time}end\n`;

    expect(await find(log, issuesOf({ pattern: "boot: SIGILL$" }))).toEqual({
      id: "one",
      category: "test",
      description: "It is known.",
      line: "Error: boot: SIGILL",
      references: [],
    });
  });

  it("is not told by words on several lines, nor by none", async () => {
    expect(await idIn("SIG\nILL\n", issuesOf({}))).toBeUndefined();
    expect(await idIn("", issuesOf({}))).toBeUndefined();
    expect(await find("SIGILL\n", [])).toBeUndefined();
  });

  it.each<readonly [string, readonly string[], string, boolean]>([
    ["none is asked for", [], "SIGILL\n", true],
    ["it stands before", ["m68k"], "target m68k\nSIGILL\n", true],
    ["it stands after", ["m68k"], "SIGILL\ntarget m68k\n", true],
    ["it stands on the same line", ["m68k"], "m68k: SIGILL\n", true],
    ["it is missing", ["m68k"], "SIGILL\n", false],
    ["one of two is missing", ["m68k", "qemu"], "qemu\nSIGILL\n", false],
    ["both are there, far apart", ["m68k", "qemu"], `qemu\n${"x\n".repeat(5_000)}SIGILL\nm68k\n`, true],
    ["it is there without the error", ["m68k"], "m68k\n", false],
  ])("with contexts, when %s", async (_, contexts, log, isFound) => {
    expect((await find(log, issuesOf({ contexts }))) !== undefined).toBe(isFound);
  });

  it.each<readonly [string, readonly string[], boolean]>([
    ["test-rust (m68040)", ["m68040"], true],
    ["test-rust (M68040)", ["m68030", "m68040"], true],
    ["CI / m68040", ["M68040"], true],
    ["test_m68040-release", ["m68040"], true],
    ["test-rust (m68040)", ["m6804"], false],
    ["test-rust (xm68040)", ["m68040"], false],
    ["xm68040 m68040", ["m68040"], true],
    ["build", ["m68040"], false],
    ["build", [], true],
  ])("in the job %j of the variants %j is found: %s", async (job, variants, isFound) => {
    expect((await find("SIGILL\n", issuesOf({ variants }), { job })) !== undefined).toBe(isFound);
  });

  it.each<readonly [string | undefined, string | undefined, boolean]>([
    ["phase-2", "phase-2", true],
    ["phase-2", "phase-3", false],
    ["phase-2", undefined, true],
    [undefined, "phase-3", true],
  ])("of the phase %s is found in a repository in the phase %s: %s", async (own, phase, isFound) => {
    const issues = issuesOf(own === undefined ? {} : { phase: own });

    expect((await find("SIGILL\n", issues, phase === undefined ? {} : { phase })) !== undefined).toBe(isFound);
  });

  it("is the first of the file of several that fit, wherever in the log they do", async () => {
    const issues = issuesOf(
      { id: "third", pattern: "nowhere" },
      { id: "first", pattern: "a", contexts: ["z"] },
      { id: "second", pattern: "b" },
    );

    expect(await idIn("b\na\nz\n", issues)).toBe("first");
    expect(await idIn("b\na\n", issues)).toBe("second");
  });

  it("is shown by the first line that fits, in at most 300 characters", async () => {
    const known = await find(`SIGILL ${"x".repeat(900)}\nSIGILL again\n`, issuesOf({}));

    expect(known?.line).toMatch(/^SIGILL x{292}…$/);
  });

  it("is looked for at the start of a line only", async () => {
    expect(await idIn(`${"x".repeat(1_990)}SIGILL\n`, issuesOf({}))).toBe("one");
    expect(await idIn(`${"x".repeat(1_999)}SIGILL\n`, issuesOf({}))).toBeUndefined();
  });

  it("is not told by what the runner says of a step, which may be its context", async () => {
    const log = `${time}##[group]Run grep SIGILL log\n${time}\u001b[36;1mgrep SIGILL log\u001b[0m\n${time}shell: bash\n${time}##[endgroup]\n${time}fine\n`;

    expect(await idIn(log, issuesOf({}))).toBeUndefined();
    expect(await idIn(log, issuesOf({ pattern: "fine", contexts: ["grep SIGILL"] }))).toBe("one");
  });
});

describe("a known issue in a log with secrets", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;

  it("shows them masked", async () => {
    const known = await find(`SIGILL with hunter2-is-secret and ${token}\n`, issuesOf({}), { secrets: ["hunter2-is-secret"] });

    expect(known?.line).toBe("SIGILL with *** and ***");
  });

  it.each([
    ["a token by its shape", `ghp_a1`, `using ${token}\n`],
    ["a secret of ours", "hunter2", "key hunter2-is-secret\n"],
    ["a password by its name", "correct horse", 'password="correct horse"\n'],
    ["the body of a private key", "MIIE", "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n"],
    ["a cut line's end", "hunter2", `${"x".repeat(8_170)} hunter2-is-secret`],
  ])("is not told by %s", async (_, pattern, log) => {
    expect(await idIn(log, issuesOf({ pattern }), { secrets: ["hunter2-is-secret"] })).toBeUndefined();
    expect(await idIn(`SIGILL\n${log}`, issuesOf({ contexts: [pattern] }), { secrets: ["hunter2-is-secret"] })).toBeUndefined();
  });

  it("may be told by what GitHub has masked itself", async () => {
    expect(await idIn("login as *** failed\n", issuesOf({ pattern: String.raw`login as \*\*\* failed` }))).toBe("one");
  });
});

describe("looking for known issues", () => {
  it.each(["(a+)+$", "(a|aa)+$", "(.*a){20}$", "(a*)*b", "([a-z]+)*[A-Z]", "(a|b|ab)*c"])(
    "by %s takes time linear in 1 MB of hostile lines, whatever their length",
    async (pattern) => {
      const issues = issuesOf({ pattern: `${pattern}never`, contexts: [pattern] });
      const startedAt = performance.now();
      await find(`${"a".repeat(1_000_000)}!\n`, issues);
      await find(`${`${"a".repeat(1_999)}!\n`.repeat(500)}`, issues);

      expect(performance.now() - startedAt).toBeLessThan(3_000);
    },
  );

  it("keeps little of a log that fits everywhere and is masked everywhere", async () => {
    const issues = issuesOf(...Array.from({ length: 20 }, (_, at) => ({ id: `n${at}`, pattern: `SIGILL${at}x`, contexts: ["never"] })));
    const piece = Buffer.from("token=SIGILL0xSIGILL1xSIGILL2x and more of the same line, which goes on for a while\n".repeat(1_000));
    async function* log() {
      for (let at = 0; at < 4; at++) yield piece;
    }
    const before = process.memoryUsage();

    expect(await find(log(), issues)).toBeUndefined();

    const { heapUsed, external } = process.memoryUsage();
    expect(heapUsed + external - before.heapUsed - before.external).toBeLessThan(30 * 1_048_576);
  });
});
