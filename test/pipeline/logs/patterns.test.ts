import { describe, expect, it } from "vitest";
import { genericPatterns } from "../../../src/pipeline/logs/errors/generic.ts";
import { errorPatterns, mayTell } from "../../../src/pipeline/logs/errors/index.ts";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { mask } from "../../../src/pipeline/logs/mask.ts";
import { matchError } from "../../../src/pipeline/logs/match-error.ts";
import { testNameIn, testNamePatterns } from "../../../src/pipeline/logs/test-names.ts";
import { tokenShapes } from "../../../src/pipeline/logs/token-shapes.ts";
import { aLog } from "./log.ts";

const all = [...errorPatterns, ...genericPatterns];

/** Pieces that begin what a pattern looks for and never end it, repeated to a megabyte. */
const hostile = [
  ..."a| |\t|0|:|.|/|-|=|'|\"|`|\\|<|>|&|@|(|[|é|●|✖|─|eyJ|eyJa-|sk-|://|://a:|a://b|token=|token='|token=\"|--token |password\\\"|bearer |authorization: |xoxb-|ghp_|error|error: |error:a |errors: |no |0 a |FAILED |a > |a › | (1 of |ld: |SIG|\u001B[|\u001B]|\u001B[0;|\u001BP|\u009B|::error |::a b=c|::a :|##[|##[error]|<testcase |<testcase a=\"|<testcase a='b' |&#x|%25|\r|{{|file.go:1:|a.c:|a.c:1:|thread '|test a ... |--- FAIL: |E: |go: |-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----|-----BEGIN |  File \"|Traceback (most recent call last):|not ok # |FAIL: a (|[ERROR] a|#1 1.|  1) a".split(
    "|",
  ),
];

/** Of the processor, so that a busy machine does not count. */
async function msOf(act: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await act();
  const { user } = process.cpuUsage(began);
  return user / 1_000;
}

async function bestMsOf(act: () => unknown): Promise<number> {
  return Math.min(await msOf(act), await msOf(act), await msOf(act));
}

describe("the table of error patterns", () => {
  it("is sorted by tool", () => {
    const tools = errorPatterns.map(({ tool }) => tool);

    expect(tools).toEqual(tools.toSorted((a, b) => a.localeCompare(b, "en")));
    expect(tools.length).toBeGreaterThan(60);
  });

  it.each(all)("$tool: $looksLike", ({ tool, looksLike, strength, explains }) => {
    expect(mayTell(looksLike)).toBe(true);
    const previous = ["error: expected `;`", "  1) Failure:"].find((line) => explains?.test(line)) ?? "";

    expect(matchError(looksLike, previous)).toMatchObject({ tool, strength });
  });
});

describe("the table of test names", () => {
  it("is sorted by runner", () => {
    const runners = testNamePatterns.map(({ runner }) => runner);

    expect(runners).toEqual(runners.toSorted((a, b) => a.localeCompare(b, "en")));
  });

  it.each(testNamePatterns)("$runner: $looksLike", ({ pattern, looksLike }) => {
    const name = testNameIn(looksLike);

    expect(name).toMatch(/(?:add|math|emulation|logs in).*$/i);
    expect(name).not.toMatch(/FAIL|\[ *\d|ms\)|─|#.*time|\($/);
    expect(testNamePatterns.find((one) => one.pattern.test(looksLike))?.pattern).toBe(pattern);
  });
});

describe("hostile lines", () => {
  it("cost no more than long ones", async () => {
    const slow: string[] = [];
    for (const piece of hostile) {
      const line = piece.repeat(Math.ceil(1_048_576 / piece.length));

      const readMs = await msOf(() => excerptOf(aLog(line, "\n", `error: ${line}`), { secrets: ["hunter2-is-secret"] }));
      const maskMs = await msOf(() => mask(line.slice(0, 65_536), ["hunter2-is-secret"]));

      if (readMs > 500 || maskMs > 500) slow.push(`${JSON.stringify(piece)}: ${Math.round(readMs)} ms, mask ${Math.round(maskMs)} ms`);
    }

    expect(slow).toEqual([]);
  });

  it("cost no more in their thousands, each as long as is kept", async () => {
    const slow: string[] = [];
    for (const piece of hostile) {
      const line = `${piece.repeat(Math.ceil(8_192 / piece.length)).slice(0, 8_192)}\n`;

      const tookMs = await msOf(() => excerptOf(aLog(line.repeat(256)), { secrets: [] }));

      if (tookMs > 1_000) slow.push(`${JSON.stringify(piece)}: ${Math.round(tookMs)} ms`);
    }

    expect(slow).toEqual([]);
  });

  it("meet no pattern that slows down on a long text", async () => {
    const slow: string[] = [];
    const patterns = [...all, ...testNamePatterns, ...tokenShapes].map(({ pattern }) => pattern);
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(16_384 / piece.length));
      for (const pattern of patterns) {
        let tookMs = await msOf(() => text.replace(pattern, ""));
        if (tookMs > 100) tookMs = await bestMsOf(() => text.replace(pattern, ""));

        if (tookMs > 100) slow.push(`${pattern} on ${JSON.stringify(piece)}: ${Math.round(tookMs)} ms`);
      }
    }

    expect(slow).toEqual([]);
  });
});
