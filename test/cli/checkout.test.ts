import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aCheckout, type Checkout } from "../hooks/a-checkout.ts";
import { aContext } from "../hooks/a-context.ts";
import { compileCache, shipped } from "../shipped.ts";

const execute = promisify(execFile);
const settings = `phases:
  - repository: acme/rocket
    phases:
      - id: phase-1
        name: Environment Setup
        deliverables: [{path: ci/Dockerfile}, {path: README.md}]
      - id: phase-2
        name: LLVM Backend Modifications
`;

let checkout: Checkout;

beforeEach(() => {
  checkout = aCheckout({ "README.md": "# A checkout\n", "config/nextrust.yml": settings });
  mkdirSync(join(checkout.path, "rust/src"), { recursive: true });
});

afterEach(() => checkout[Symbol.dispose]());

/** Runs what is shipped, from a folder below the checkout's root. */
async function nextrust(...words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH ?? "", HOME: checkout.path, GITHUB_ACTIONS: "", ...compileCache() };
  const running = execute(process.execPath, [shipped("dist/main.js"), ...words], { cwd: join(checkout.path, "rust/src"), env });
  return running.then(
    ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ exitCode: code, stdout, stderr }),
  );
}

describe("the phase of a checkout in a terminal", () => {
  it("is the first of the settings until somebody sets another, with a reason, in the history and the status log", async () => {
    expect((await nextrust("get-phase")).stdout).toContain("Phase phase-1 Environment Setup: 1 of 2 deliverables are there");

    const moved = await nextrust("set-phase", "Phase-2", "--", "the", "toolchain", "is", "pinned");

    expect(moved.stdout).toBe(
      "From phase-1 Environment Setup to phase-2 LLVM Backend Modifications: the toolchain is pinned\n\nNot there yet from phase-1: ci/Dockerfile\n",
    );
    const { current, history } = JSON.parse((await nextrust("get-phase", "--json")).stdout);
    expect(current).toMatchObject({ id: "phase-2", name: "LLVM Backend Modifications" });
    expect(history).toMatchObject([{ id: "phase-2", reason: "the toolchain is pinned" }]);
    const log = JSON.parse(readFileSync(join(checkout.path, ".nextrust/ci-status/pipeline-log.json"), "utf8"));
    expect(log.activities).toMatchObject([{ type: "phase" }]);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("is refused when there is none of that name, with the nearest", async () => {
    const { exitCode, stderr } = await nextrust("set-phase", "phase-22");

    expect(exitCode).toBe(1);
    expect(stderr).toBe("acme/rocket has no phase “phase-22”. Did you mean phase-2 or phase-1? There are: phase-1, phase-2\n");
  });

  it("is not set while the settings cannot be read", async () => {
    checkout.write("config/nextrust.yml", "phasess: []\n");

    const { exitCode, stderr } = await nextrust("set-phase", "phase-2");

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/a mistake in them:\n.*nextrust\.yml:1:1/);
  });
});

describe("the status of a checkout in a terminal", () => {
  it("says what hooks did, what waits and what was noted", async () => {
    using context = aContext(checkout);
    const session = { type: "session", id: "s-1", at: 1, state: "started", version: "1" } as const;
    context.journal().spool.add([session], Date.parse("2026-11-23T12:00:00Z"));
    await nextrust("update-status", "the disk was full", "again");

    const { stdout } = await nextrust("status");
    const { spool, activities, phase } = JSON.parse((await nextrust("status", "--json")).stdout);

    expect(stdout).toContain("No hook has run here");
    expect(stdout).toContain("1 event waits to be told, the oldest since 2026-11-23 12:00 UTC. To try now: nextrust sync");
    expect(stdout).toMatch(/note +the disk was full again/);
    expect(spool).toEqual({ waiting: 1, aside: 0, lost: 0, oldestAt: "2026-11-23T12:00:00.000Z", trouble: null });
    expect(activities).toMatchObject([{ kind: "note", text: "the disk was full again" }]);
    expect(phase.current.id).toBe("phase-1");
  });

  it("is none where there is no checkout", async () => {
    const env = { PATH: process.env.PATH ?? "", HOME: "/", ...compileCache() };

    const failed = await execute(process.execPath, [shipped("dist/main.js"), "status"], { cwd: "/", env }).catch((error) => error);

    expect(failed.stderr).toBe(
      "/ is in no checkout of git, and nothing is recorded for it. Go to the checkout that you mean, and try again.\n",
    );
  });
});

describe("rotating in a terminal", () => {
  it("says what it would move, moves it, and has nothing left to do", async () => {
    using context = aContext(checkout);
    context.journal().statusLog.add([{ id: "a", at: Date.parse("2026-01-05T12:00:00Z"), kind: "note", text: "long ago" }]);
    checkout.write(".claude/hook-logs/2026-01-05.jsonl", "{}\n");

    const tried = await nextrust("rotate", "--dry-run");
    const done = await nextrust("rotate");
    const again = await nextrust("rotate");

    expect(tried.stdout).toMatch(/^Older than 30 days, and would be moved:/);
    expect(done.stdout).toContain(".claude/hook-logs/archive/2026-01-05.jsonl.gz");
    expect(done.stdout).toMatch(/1 activity +\.nextrust\/ci-status\/archive\/pipeline-log-202601\.jsonl/);
    expect(again.stdout).toBe("Nothing is older than 30 days.\n");
    expect(gunzipSync(readFileSync(join(checkout.path, ".claude/hook-logs/archive/2026-01-05.jsonl.gz"))).toString()).toBe("{}\n");
  });
});

describe("known issues in a terminal", () => {
  it("are those of the checkout, from any folder of it", async () => {
    const added = await nextrust(
      "known-issue",
      "add",
      "--id",
      "disk-full",
      "--pattern",
      "No space left",
      "--description",
      "The disk is full.",
    );

    expect(added.stdout).toContain(`${join(checkout.path, "config/known-issues.json")}.`);
    expect((await nextrust("known-issue", "list")).stdout).toContain("disk-full");
  });
});
