import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { aLog } from "./log.ts";

const secrets = fc.array(
  fc.string({ minLength: 6, maxLength: 40, unit: "grapheme" }).filter((text) => !text.includes("*") && text.trim().length >= 6),
  {
    maxLength: 3,
  },
);
const words = fc.constantFrom(
  ...'error[E0308]: x|Error: |test a ... FAILED|\u001B[31m|\u001B]8;;|\u001B\\|\r|\r\n|\n|\n\n|\t|##[group]Run x|##[endgroup]|##[error]|::error::|\u202E|\uFEFF|é|👩|Traceback (most recent call last):|  File "a", line 1|KeyError: \'x\'|<testcase name="a"><failure/>|-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----|2026-11-22T10:00:00.1234567Z |\u009B|\0'.split(
    "|",
  ),
);
const logs = secrets.chain((values) =>
  fc.record({
    secrets: fc.constant(values),
    text: fc
      .array(fc.oneof(words, fc.string({ unit: "binary", maxLength: 400 }), values.length > 0 ? fc.constantFrom(...values) : words), {
        maxLength: 60,
      })
      .map((parts) => parts.join("")),
  }),
);

describe("any excerpt", () => {
  it("holds at most 15 lines of at most 300 code points, without a control or invisible character", async () => {
    await fc.assert(
      fc.asyncProperty(logs, async ({ text, secrets: values }) => {
        const { lines, failedTests, errorAt } = await excerptOf(aLog(text), { secrets: values });

        expect(lines.length).toBeLessThanOrEqual(15);
        expect(errorAt === undefined || lines[errorAt] !== undefined).toBe(true);
        for (const line of [...lines, ...failedTests]) {
          expect([...line].length).toBeLessThanOrEqual(300);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never holds a secret", async () => {
    await fc.assert(
      fc.asyncProperty(logs, async ({ text, secrets: values }) => {
        const { lines, failedTests } = await excerptOf(aLog(text), { secrets: values });

        for (const line of [...lines, ...failedTests]) for (const value of values) expect(line.includes(value)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("is the same however its bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        fc.option(fc.nat(500)),
        async (log, sizes, cap) => {
          const bytes = Buffer.from(log.text);
          const chunks: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          const options = { secrets: log.secrets, ...(cap === null ? {} : { maxBytes: cap }) };

          expect(await excerptOf(aLog(...chunks), options)).toEqual(await excerptOf(aLog(bytes), options));
        },
      ),
      { numRuns: 200 },
    );
  });
});
