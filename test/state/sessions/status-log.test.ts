import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import type { Activity } from "../../../src/pipeline/sessions/status-log.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";

const execute = promisify(execFile);

let folder: string;
let journal: Journal;
let other: Journal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nextrust-journal-"));
  journal = openJournal(join(folder, "hooks.db"));
  other = openJournal(join(folder, "hooks.db"));
});

afterEach(() => {
  journal.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const anActivity = (id: string, changes: Partial<Activity> = {}): Activity => ({
  id,
  at: 1_000,
  kind: "build",
  text: "passed: make",
  ...changes,
});

describe("the status log", () => {
  it("gives back all that was noted, newest first, to any process", () => {
    const first = anActivity("a", { session: "s-1", sha: "ab12", branch: "main", actor: "ada" });
    const second = anActivity("b", { at: 2_000 });

    journal.statusLog.add([first, second]);

    expect(other.statusLog.latest(10)).toEqual([second, first]);
    expect(other.statusLog.latest(1)).toEqual([second]);
  });

  it("notes what is told twice once", () => {
    journal.statusLog.add([anActivity("a")]);
    other.statusLog.add([anActivity("a", { text: "passed: ninja" })]);

    expect(journal.statusLog.latest(10)).toEqual([anActivity("a")]);
  });

  it("says what is older than a moment, oldest first, and forgets what it is told to", () => {
    journal.statusLog.add([anActivity("new", { at: 3_000 }), anActivity("late", { at: 2_000 }), anActivity("early", { at: 1_000 })]);

    expect(journal.statusLog.before(3_000).map(({ id }) => id)).toEqual(["early", "late"]);

    journal.statusLog.remove(["early", "late"]);

    expect(other.statusLog.latest(10).map(({ id }) => id)).toEqual(["new"]);
    expect(other.statusLog.count()).toBe(1);
  });

  it("loses nothing of two processes that note at once", async () => {
    const script = fileURLToPath(new URL("note-activities.ts", import.meta.url));
    const file = join(folder, "hooks.db");

    await Promise.all(["one", "two"].map((name) => execute(process.execPath, [script, file, name, "100"])));

    expect(journal.statusLog.count()).toBe(200);
  });
});

describe("the phases of a checkout", () => {
  it("are unknown before anybody has said one", () => {
    expect(journal.phases.current()).toBeUndefined();
  });

  it("are where they were moved to last, and remember all of the way", () => {
    journal.phases.enter({ id: "phase-1", at: 1_000, by: "ada" });
    other.phases.enter({ id: "phase-2", at: 2_000, by: "brin", reason: "the toolchain is pinned" });

    expect(journal.phases.current()).toEqual({ id: "phase-2", at: 2_000, by: "brin", reason: "the toolchain is pinned" });
    expect(journal.phases.history(10).map(({ id }) => id)).toEqual(["phase-2", "phase-1"]);
  });

  it("take an older history in without moving, however often", () => {
    journal.phases.enter({ id: "phase-3", at: 3_000, by: "ada" });

    for (let time = 0; time < 2; time++) journal.phases.enter({ id: "phase-1", at: 1_000, by: "ada" });

    expect(journal.phases.current()?.id).toBe("phase-3");
    expect(journal.phases.history(10)).toHaveLength(2);
  });
});
