import { describe, expect, it } from "vitest";
import { endOfLog } from "../../../src/pipeline/logs/end-of-log.ts";
import { aLog } from "./log.ts";

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`);

describe("the end of a log", () => {
  it("is the whole of a short one", async () => {
    const end = await endOfLog(aLog(lines(3).join("\n")), []);

    expect(end).toEqual({ text: "line 1\nline 2\nline 3", firstLine: 1, totalLines: 3, isCut: false });
  });

  it("is whole lines of a long one, and says which", async () => {
    const end = await endOfLog(aLog(lines(10_000).join("\n")), [], 1_000);

    expect(end.text.length).toBeLessThanOrEqual(1_000);
    expect(end.text.split("\n")[0]).toBe(`line ${end.firstLine}`);
    expect(end.text.split("\n").at(-1)).toBe("line 10000");
    expect(end.totalLines).toBe(10_000);
  });

  it("shows no secret, nor a key whose beginning was left out", async () => {
    const key = [
      "-----BEGIN RSA PRIVATE KEY-----",
      ...Array.from({ length: 20 }, () => "MIIEpAIBAAKCAQEA".repeat(4)),
      "-----END RSA PRIVATE KEY-----",
    ];
    const end = await endOfLog(aLog([...key, "the password is hunter2hunter2"].join("\n")), ["hunter2hunter2"], 500);

    expect(end.firstLine).toBeGreaterThan(1);
    expect(end.text).not.toMatch(/MIIE|hunter2/);
    expect(end.text).toContain("the password is ***");
  });
});
