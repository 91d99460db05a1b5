import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCcusage } from "../../../src/machine/ccusage/run.ts";

const howToGet = "Get it.";

/** A folder with a program called ccusage that is this script of a shell. */
function aCcusage(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-ccusage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "ccusage"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

const answers = 'if [ "$1" = --version ]; then echo "ccusage 20.0.24"; exit; fi';

describe("ccusage", () => {
  it("is asked without the network, with what prices are given", async () => {
    const path = aCcusage(`${answers}\necho "$@"`);

    const printed = await runCcusage({ path, config: "/prices.json", howToGet });

    expect(printed).toBe("claude session --json --offline --config /prices.json\n");
  });

  it("is ended when it takes too long, with all that it has started", async () => {
    const path = aCcusage(`${answers}\nsleep 30 & echo $! > "$(dirname "$0")/pid"; wait`);

    await expect(runCcusage({ path, timeoutMs: 400, howToGet })).rejects.toThrow(
      "ccusage did not answer within 0.4 seconds and was ended.",
    );

    const pid = Number(readFileSync(join(path, "pid"), "utf8"));
    await sleep(50);
    expect(isRunning(pid)).toBe(false);
  });

  it.each([
    ["is missing", "/nowhere", "ccusage is not installed. Get it."],
    ["is of another version", aVersion("18.0.11"), "ccusage 18.0.11 at "],
    ["fails", () => aCcusage('echo "no such thing" >&2; exit 1'), "ccusage failed: no such thing"],
  ])("is not usable where it %s", async (_, path, why) => {
    await expect(runCcusage({ path: typeof path === "string" ? path : path(), howToGet })).rejects.toThrow(why);
  });
});

function aVersion(version: string): () => string {
  return () => aCcusage(`echo "ccusage ${version}"`);
}

/** One that has ended and was not asked after yet is a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
