import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "../../../src/pipeline/records.ts";
import { openStage, repository, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const fork = async () => {
  const pull = await stage.openPull();
  await stage.github.addRunToApprove(pull);
  return pull;
};

describe("a confirmation", () => {
  const freeze = { repository, by: "grace", intent: "freeze-1", since: Date.UTC(2026, 10, 22, 9) };
  const freezes = (work: (freezes: Transaction["freezes"]) => Promise<unknown>) =>
    stage.state.records.transaction((tx) => work(tx.freezes));

  it.each([
    {
      because: "the repository is frozen",
      happens: () => freezes((all) => all.put(freeze)),
      reason: "frozen",
      undo: () => freezes((all) => all.remove(repository)),
    },
    {
      because: "the role cannot be looked up",
      async happens() {
        await stage.forgetRoles();
        stage.github.fail(/collaborators/, { status: 503 }, 20);
      },
      reason: "service_failed",
      undo: () => stage.github.clearFaults(),
    },
    {
      because: "GitHub has had enough",
      happens: () => stage.github.fail(/POST .*\/approve$/, { status: 429, headers: { "retry-after": "7" } }),
      reason: "service_failed",
      undo: () => stage.github.clearFaults(),
    },
    {
      because: "the App may not",
      happens: () => stage.github.fail(/POST .*\/approve$/, { status: 403, body: { message: "Resource not accessible by integration" } }),
      reason: "not_permitted",
      undo: () => stage.github.clearFaults(),
    },
  ])("can be given again where nothing was done because $because", async ({ happens, reason, undo }) => {
    const button = (await stage.aside("ada", `approve-run ${repository}#${await fork()}`)).buttons[0] ?? "";
    await happens();
    const first = await stage.aside("ada", button);
    await undo();

    expect(first).toMatchObject({ reason });
    expect(await stage.aside("ada", button)).toMatchObject({ outcome: "done", reason: "approve_running" });
  });

  it("that stands twice in a comment goes on once", async () => {
    const pull = await fork();
    const before = stage.github.calls().length;
    const asked = await stage.world.comment("grace", pull, "/ci-approve-run");
    const [line] = /\/ci-confirm [A-Z2-9]{6}/.exec(asked) ?? [];

    const said = await stage.world.comment("grace", pull, `${line}\n${line}`);

    expect(said).toContain("Approved: CI runs on");
    expect(said).toContain("You confirmed that already");
    expect(stage.changes(before)).toEqual(["POST runs/approve"]);
  });
});
