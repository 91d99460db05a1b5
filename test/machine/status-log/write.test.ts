import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalFileIn } from "../../../src/config/present.ts";
import { statusLogFolder, writeStatusLog } from "../../../src/machine/status-log/write.ts";
import { aCheckout, type Checkout } from "../../hooks/a-checkout.ts";
import { aContext } from "../../hooks/a-context.ts";
import { aPlan } from "../../hooks/a-plan.ts";

const execute = promisify(execFile);
const at = Date.parse("2026-11-23T12:00:00Z");

let checkout: Checkout;
let context: ReturnType<typeof aContext>;
let folder: string;

beforeEach(() => {
  checkout = aCheckout();
  context = aContext(checkout);
  folder = statusLogFolder(context.place, context.settings);
});

afterEach(() => {
  context[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

const write = () => writeStatusLog(folder, context.journal(), aPlan);
const json = () => JSON.parse(readFileSync(join(folder, "pipeline-log.json"), "utf8"));

describe("the files of the status log", () => {
  it("have the keys that scripts of older pipelines read", () => {
    context.journal().phases.enter({ id: "phase-2", at, by: "ada", reason: "the toolchain is pinned" });
    context.journal().statusLog.add([{ id: "a", at, kind: "build", text: "passed: make", sha: "ab12cd3", session: "s-1" }]);

    write();

    expect(json()).toEqual({
      current_phase: {
        id: "phase-2",
        name: "LLVM Backend Modifications",
        status: "in_progress",
        started_at: "2026-11-23T12:00:00.000Z",
        expected_deliverables: ["llvm"],
      },
      phase_history: [{ id: "phase-2", started_at: "2026-11-23T12:00:00.000Z", by: "ada", reason: "the toolchain is pinned" }],
      activities: [
        {
          id: "a",
          timestamp: "2026-11-23T12:00:00.000Z",
          type: "build",
          details: { message: "passed: make", commit: "ab12cd3", session: "s-1" },
        },
      ],
    });
  });

  it("say the same to people, with what is hostile made harmless", () => {
    context.journal().phases.enter({ id: "phase-2", at, by: "ada" });
    context.journal().statusLog.add([{ id: "a", at, kind: "note", text: "ask @ada | <script>" }]);

    write();

    expect(readFileSync(join(folder, "pipeline-log.md"), "utf8")).toMatchInlineSnapshot(`
      "# Pipeline log

      Written by nextrust; what is changed here is overwritten.

      ## Current phase

      phase-2 LLVM Backend Modifications

      - Since: 2026-11-23 12:00 UTC, by ada
      - Deliverables: llvm
      - Next: phase-3 Rust Target Implementation

      ## Recent activities

      | When | Kind | What | Commit |
      | --- | --- | --- | --- |
      | 2026-11-23 12:00 UTC | note | ask @​ada \\| \\<script\\> |  |

      ## Phase history

      | When | Phase | Who | Why |
      | --- | --- | --- | --- |
      | 2026-11-23 12:00 UTC | phase-2 | ada |  |
      "
    `);
  });

  it("are left alone while nothing changes, and come back when somebody removes one", () => {
    context.journal().statusLog.add([{ id: "a", at, kind: "note", text: "one" }]);
    expect(write()).toBe(true);
    const { ino } = statSync(join(folder, "pipeline-log.json"));

    expect(write()).toBe(false);
    expect(statSync(join(folder, "pipeline-log.json")).ino).toBe(ino);

    rmSync(join(folder, "pipeline-log.md"));
    expect(write()).toBe(true);
  });

  it("are not there while there is nothing to say", () => {
    expect(writeStatusLog(folder, context.journal(), undefined)).toBe(false);
  });

  it("are not seen by git, unless a team wants them to be", () => {
    context.journal().statusLog.add([{ id: "a", at, kind: "note", text: "one" }]);

    write();
    expect(checkout.git("status", "--porcelain")).toBe("");

    writeStatusLog(statusLogFolder(context.place, { statusLog: { folder: "docs/ci-status" } }), context.journal(), undefined);
    expect(checkout.git("status", "--porcelain", "--untracked-files=all").split("\n")).toHaveLength(2);
  });

  it("are written while nobody else writes, so that an older state never comes last", () => {
    context.journal().statusLog.add([{ id: "a", at, kind: "note", text: "one" }]);
    const locked = {
      ...context.journal(),
      transaction() {
        throw new Error("others write");
      },
    };

    expect(() => writeStatusLog(folder, locked, undefined)).toThrow("others write");

    expect(existsSync(folder)).toBe(false);
  });

  it("hold all of it in the end when two processes note and write at once, and never a mixture", async () => {
    const script = fileURLToPath(new URL("note-and-write.ts", import.meta.url));
    context.journal();
    const file = journalFileIn(context.place.dataDir);

    await Promise.all(["one", "two"].map((name) => execute(process.execPath, [script, file, folder, name, "8"])));

    expect(json().activities).toHaveLength(16);
    expect(readdirSync(folder).sort()).toEqual(["pipeline-log.json", "pipeline-log.md"]);
  });
});
