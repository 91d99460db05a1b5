import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { type FailedCall, failuresKeptMs, mostErrors } from "../../../src/pipeline/sessions/command-failures.ts";
import { aJournalPlace } from "./an-open-journal.ts";

const at = 1_764_000_000_000;
const aFailure = (changes: Partial<FailedCall> = {}): FailedCall => ({
  key: "k",
  command: "npm test",
  commit: "c1",
  error: "it broke",
  at,
  ...changes,
});

describe("failures of commands", () => {
  it("are counted by command and commit, with their first and last time and the newest errors", () => {
    const { failures } = aJournalPlace().open();

    for (let time = 0; time <= mostErrors; time++) failures.add(aFailure({ at: at + time, error: `error ${time}` }));
    failures.add(aFailure({ commit: "c2" }));
    failures.add(aFailure({ key: "other" }));

    expect(failures.of("k", "c1")).toEqual({
      key: "k",
      command: "npm test",
      commit: "c1",
      failures: mostErrors + 1,
      firstAt: at,
      lastAt: at + mostErrors,
      errors: ["error 1", "error 2", "error 3", "error 4", "error 5"],
      isHelpAsked: false,
    });
    expect([failures.of("k", "c2")?.failures, failures.of("other", "c1")?.failures]).toEqual([1, 1]);
  });

  it("are forgotten when the command passes at the commit, and at no other", () => {
    const { failures } = aJournalPlace().open();
    failures.add(aFailure());
    failures.add(aFailure({ commit: "c2" }));

    const passed = [failures.pass("k", "c1"), failures.pass("k", "c1")];

    expect(passed).toEqual([true, false]);
    expect([failures.hasAny("c1"), failures.hasAny("c2")]).toEqual([false, true]);
    expect(failures.add(aFailure()).failures).toBe(1);
  });

  it("say which known issue they are, and whether help was asked for", () => {
    const { failures } = aJournalPlace().open();
    failures.add(aFailure());

    failures.explain("k", "c1", "disk-full");
    failures.explain("absent", "c1", "disk-full");
    failures.noteHelpAsked("k", "c1");

    expect(failures.newest(9)).toMatchObject([{ key: "k", knownIssue: "disk-full", isHelpAsked: true }]);
  });

  it("are kept for thirty days", () => {
    const { failures } = aJournalPlace().open();
    failures.add(aFailure());

    failures.add(aFailure({ key: "later", at: at + failuresKeptMs + 1 }));

    expect(failures.newest(9).map(({ key }) => key)).toEqual(["later"]);
  });

  it("are all counted when fifty come at once from five processes", async () => {
    const place = aJournalPlace();
    const { failures } = place.open();
    const script = `
      const { openJournal } = await import(${JSON.stringify(new URL("../../../src/state/sessions/open.ts", import.meta.url).href)});
      const journal = openJournal(${JSON.stringify(place.file)});
      for (let i = 0; i < 10; i++) journal.failures.add(${JSON.stringify(aFailure())});
      journal.close();`;

    const ends = Array.from({ length: 5 }, () => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: ["ignore", "ignore", "inherit"] });
      return once(child, "close");
    });

    expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(failures.of("k", "c1")?.failures).toBe(50);
  });
});
