import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shipped } from "../shipped.ts";
import { run } from "./nextrust.ts";

const printed = join(import.meta.dirname, "../cli/usage-report/fixtures/ccusage-20.0.24.json");

describe("nextrust import", () => {
  it("waits for what is piped in, as ccusage takes its time", async () => {
    const piped = `(sleep 1; cat "${printed}") | "${process.execPath}" "${shipped("bin/nextrust.js")}" import ccusage - --dry-run`;

    const { code, stdout, stderr } = await run([], { command: ["sh", "-c", piped] });

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^4 sums to record\.\n/);
  });
});
