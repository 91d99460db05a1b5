import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { aLog } from "./log.ts";

const secret = "hunter2-is-secret";

describe("a log as a stream", () => {
  it("is read no further than the cap, and says so", async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given++;
        yield Buffer.from("line\n".repeat(200));
      }
    }

    const excerpt = await excerptOf(endless(), { secrets: [], maxBytes: 10_000 });

    expect(excerpt).toMatchObject({ isCut: true, totalLines: 2_000 });
    expect(given).toBe(11);
  });

  it("is not cut when it ends at the cap", async () => {
    expect(await excerptOf(aLog("12345\n", "789\n"), { secrets: [], maxBytes: 10 })).toMatchObject({ isCut: false, totalLines: 2 });
    expect(await excerptOf(aLog("12345\n", "789\n"), { secrets: [], maxBytes: 9 })).toMatchObject({ isCut: true, totalLines: 2 });
  });

  it("keeps little of a line without end", async () => {
    const piece = Buffer.alloc(1_048_576, "x");
    async function* oneLine() {
      yield Buffer.from("error[E0308]: ");
      for (let at = 0; at < 100; at++) yield piece;
    }
    const before = process.memoryUsage();

    const excerpt = await excerptOf(oneLine(), { secrets: [], maxBytes: 200 * 1_048_576 });

    const { heapUsed, external } = process.memoryUsage();
    expect(heapUsed + external - before.heapUsed - before.external).toBeLessThan(30 * 1_048_576);
    expect(excerpt).toMatchObject({ totalLines: 1, tool: "rustc", isCut: false });
    expect([...(excerpt.lines[0] ?? "")]).toHaveLength(300);
  });

  it("keeps what a progress bar of any length shows last", async () => {
    const bar = Array.from({ length: 20_000 }, (_, at) => `\r${at} of 20000`).join("");

    expect((await excerptOf(aLog(`${bar}\rerror[E0308]: mismatched types\r\nb`), { secrets: [] })).lines).toEqual([
      "error[E0308]: mismatched types",
      "b",
    ]);
  });

  it.each([
    ["an escape sequence", `hunter2\u001B[0m-is-\u001B[1msecret`],
    ["an invisible character", "hunter2-is\u200B-secret"],
    ["the border of what is shown", `${"x".repeat(292)}${secret}`],
  ])("shows no secret that is parted by %s", async (_, text) => {
    const { lines } = await excerptOf(aLog(`a ${text} b`), { secrets: [secret] });

    expect(lines.join("\n")).not.toContain("hunter2");
    expect(lines.join("\n")).toContain("***");
  });

  it("shows no part of a secret at the border of what is kept of a line", async () => {
    const escapes = "\u001B[0m".repeat(2_046);

    const { lines } = await excerptOf(aLog(`${escapes}${secret}${"x".repeat(9_000)}`), { secrets: [secret] });

    expect(lines.join("")).not.toContain("hunt");
  });

  it("shows no part of a secret longer than a line", async () => {
    const long = "0123456789".repeat(1_000);

    const { lines } = await excerptOf(aLog(`key ${long}`), { secrets: [long] });

    expect(lines.join("")).not.toContain("0123");
  });

  it("shows no part of a secret at the cap", async () => {
    const { lines } = await excerptOf(aLog(`a\nb ${secret}`), { secrets: [secret], maxBytes: 10 });

    expect(lines).not.toContain("b hunter");
    expect(lines[0]).toBe("a");
  });

  it("shows nothing of a private key in which the excerpt begins", async () => {
    const dashes = "-----";
    const body = Array.from({ length: 40 }, (_, at) => `MIIEpAIBAAKCAQEA${at}`);
    const log = [
      `${dashes}BEGIN RSA PRIVATE KEY${dashes}`,
      ...body,
      "error[E0308]: mismatched types",
      ...body,
      `${dashes}END RSA PRIVATE KEY${dashes} end`,
      "b",
    ];

    const { lines } = await excerptOf(aLog(log.join("\n")), { secrets: [] });

    expect(lines.join("\n")).not.toContain("MII");
    expect(lines.slice(-2)).toEqual(["*** end", "b"]);
  });

  it("masks the names of failed tests", async () => {
    const { failedTests } = await excerptOf(aLog(`test logs_in_with_${secret} ... FAILED\n`), { secrets: [secret] });

    expect(failedTests).toEqual(["logs_in_with_***"]);
  });

  it("passes on what reading the log throws", async () => {
    async function* broken() {
      yield Buffer.from("a\n");
      throw new Error("reset");
    }

    await expect(excerptOf(broken(), { secrets: [] })).rejects.toThrow("reset");
  });
});
