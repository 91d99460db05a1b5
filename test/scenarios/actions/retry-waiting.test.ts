import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage, type Words } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const going = { build: "in_progress", test: "failure" } as const;
const freeze = { repository, by: "grace", intent: "freeze-1", since: Date.UTC(2026, 10, 22, 9), reason: "release" };

interface Meanwhile {
  readonly meanwhile: string;
  readonly happens?: (pull: number) => Promise<unknown>;
  /** How the run ends; the sandbox's run ends green but for `test` unless told. */
  readonly ends?: (pull: number) => Promise<unknown>;
  readonly undo?: () => Promise<unknown>;
  readonly says: (pull: number) => Words;
  readonly reason: string;
  readonly changes: readonly string[];
}

const table: readonly Meanwhile[] = [
  {
    meanwhile: "the run ends",
    says: (pull) => new RegExp(`test passed on attempt 2 · #${pull} @`),
    reason: "retry_passed",
    changes: ["POST runs/rerun-failed-jobs"],
  },
  {
    meanwhile: "the job passes after all",
    happens: (pull) => stage.github.setJob(pull, "test", "success"),
    says: (pull) => new RegExp(`test passed on attempt 1 · #${pull} @`),
    reason: "retry_passed",
    changes: [],
  },
  {
    meanwhile: "the head moves",
    happens: (pull) => stage.github.push(pull),
    ends: async () => {},
    says: (pull) => new RegExp(`#${pull} has moved from @[0-9a-f]{7} to @[0-9a-f]{7} since this was asked, so nothing was done\\.`),
    reason: "head_moved",
    changes: [],
  },
  {
    meanwhile: "the repository is frozen",
    happens: () => stage.state.records.transaction(({ freezes }) => freezes.put(freeze)),
    undo: () => stage.state.records.transaction(({ freezes }) => freezes.remove(repository)),
    says: () => "nextrust/nextrust is frozen since 2026-11-22 09:00 UTC by grace (release)",
    reason: "frozen",
    changes: [],
  },
  {
    meanwhile: "whoever asked loses the role",
    happens: async () => {
      await stage.github.setRole("ada", "read");
      await stage.forgetRoles();
    },
    undo: async () => {
      await stage.github.setRole("ada", "maintain");
      await stage.forgetRoles();
    },
    says: () => "ada no longer holds the role write on nextrust/nextrust, so nothing was done.",
    reason: "role_too_low",
    changes: [],
  },
  {
    meanwhile: "six hours pass",
    happens: (pull) => stage.amend(pull, { askedAt: Date.now() - 6 * 60 * 60_000 - 1 }),
    ends: (pull) => stage.github.setJob(pull, "lint", "in_progress").then(() => stage.tellOfRuns(pull)),
    says: () => "CI still runs after 6 hours, so I stopped waiting for it and retried nothing.",
    reason: "waited_too_long",
    changes: [],
  },
  {
    meanwhile: "the run is cancelled by /ci cancel",
    happens: (pull) => stage.aside("ada", `cancel ${repository}#${pull}`),
    ends: async () => {},
    says: () => "ada cancelled CI, so nothing is retried when it ends.",
    reason: "cancelled",
    changes: ["POST runs/cancel"],
  },
];

describe("/ci retry-job of a run that still goes", () => {
  it.each(table)("waits, and when $meanwhile ends in $reason", async ({ happens, ends, undo, says, reason, changes }) => {
    const pull = await stage.openPull(going);
    const runs = (await stage.github.runs(pull)).map(({ id }) => id);
    const before = stage.github.calls().length;

    const asked = await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    expect(asked).toMatchObject({ outcome: "queued", reason: "retry_waiting" });
    expect(asked.shown).toMatch(new RegExp(`CI still runs on #${pull} @[0-9a-f]{7}\\. I retry test when it ends\\.`));
    await happens?.(pull);
    if (ends) await ends(pull);
    else await stage.github.finishRuns(pull);
    if (reason === "head_moved") await stage.cancelByHand(runs);
    await stage.until(() => stage.changes(before).length >= changes.length);
    if (changes.length > 0) await stage.github.finishRuns(pull);

    await stage.told(says(pull));
    await undo?.();
    expect(stage.changes(before)).toEqual(changes);
    expect(await stage.lastOf(runs[0] ?? 0)).toMatchObject({ command: "retry-job", reason, actorName: "ada" });
  });
});
