import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./stage.ts";
import { holds, type Row } from "./table.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.github.setRole("ada", "admin");
});
afterAll(() => stage.close());

const megabyte = 1_000_000;
const ref = (pull: number) => `refs/pull/${pull}/merge`;
const twoCaches = ({ github }: Stage, pull: number) => {
  github.addCache({ key: "cargo-a", ref: ref(pull), sizeInBytes: 120 * megabyte });
  github.addCache({ key: "cargo-b", ref: ref(pull), sizeInBytes: megabyte });
};

const table: readonly Row[] = [
  {
    state: "a run waits",
    given: ({ github }, pull) => github.addRunToApprove(pull),
    ask: "approve-run #",
    outcome: "queued",
    reason: "needs_confirmation",
    says: [
      /Let CI run on #\d+ @[0-9a-f]{7}\?/,
      "It runs their code on your runners. Look at the changes first, above all those under .github/workflows.",
      "Nothing is done before you confirm it, within 10 minutes.",
    ],
    offers: [/^confirm [A-Z2-9]{6}$/],
  },
  {
    state: "nothing waits",
    jobs: { build: "success" },
    ask: "approve-run #",
    outcome: "not_applicable",
    reason: "nothing_waits",
    says: /No run waits for an approval on #\d+ @[0-9a-f]{7}\./,
  },
  {
    state: "caches of the pull request are there",
    given: twoCaches,
    ask: "clear-cache #",
    outcome: "queued",
    reason: "needs_confirmation",
    says: [
      /Delete 2 caches \(121 MB\) of refs\/pull\/\d+\/merge in nextrust\/nextrust\? The next runs build without them\./,
      "120 MB\n · \ncargo-a",
    ],
    offers: [/^confirm [A-Z2-9]{6}$/],
  },
  {
    state: "there are none of it",
    ask: "clear-cache #",
    outcome: "not_applicable",
    reason: "no_caches",
    says: /There are no caches of refs\/pull\/\d+\/merge in nextrust\/nextrust\./,
  },
  {
    state: "a branch is named",
    ask: "clear-cache nextrust/nextrust@main",
    outcome: "queued",
    reason: "needs_confirmation",
    says: /Delete 3 caches \(1\.8 GB\) of refs\/heads\/main in nextrust\/nextrust\?/,
  },
  {
    state: "all refs are meant",
    ask: "clear-cache --all-refs nextrust/nextrust@",
    outcome: "queued",
    reason: "needs_confirmation",
    says: /Delete \d+ caches \([\d.]+ GB\) of all refs of nextrust\/nextrust\?/,
  },
  {
    state: "there is nothing to confirm",
    ask: "confirm ABCDEF",
    outcome: "not_applicable",
    reason: "nothing_to_confirm",
    says: "I am not waiting for that code from you: it may be older than 10 minutes, or somebody else's. Give the command again.",
  },
];

const asking = async (text: string): Promise<string> => (await stage.aside("ada", text)).buttons[0] ?? "";
const fork = async () => {
  const pull = await stage.openPull();
  await stage.github.addRunToApprove(pull);
  return pull;
};

describe("what asks first, when", () => {
  it.each(table)("$state: $ask", (row) => holds(stage, row));
});

describe("a confirmation", () => {
  it("by the button lets the run go, once, for its own person only", async () => {
    const pull = await fork();
    const before = stage.github.calls().length;
    const button = await asking(`approve-run ${repository}#${pull}`);
    await stage.github.setRole("ravi", "write");

    expect(await stage.aside("ravi", button)).toMatchObject({ reason: "nothing_to_confirm" });
    expect(stage.changes(before)).toEqual([]);
    const approved = await stage.aside("ada", button);
    expect(approved).toMatchObject({ outcome: "done", reason: "approve_running" });
    expect(approved.shown).toMatch(/Approved: CI runs on #\d+ @[0-9a-f]{7}\./);
    expect(await stage.aside("ada", button)).toMatchObject({
      reason: "already_confirmed",
      shown: expect.stringContaining("You confirmed that already."),
    });
    await stage.github.finishRuns(pull);

    await stage.told(new RegExp(`CI passed on #${pull} @`));
    expect(stage.changes(before)).toEqual(["POST runs/approve"]);
    await stage.github.setRole("ravi", "read");
  });

  it("on GitHub is a command of the same person", async () => {
    const pull = await fork();
    const asked = await stage.world.comment("grace", pull, "/ci-approve-run");
    const [, code] = /\/ci-(confirm [A-Z2-9]{6})/.exec(asked) ?? [];

    expect(await stage.world.comment("ada", pull, `/ci-${code}`)).toContain("I am not waiting for that code from you");
    expect(await stage.world.comment("grace", pull, `/ci-${code?.toLowerCase()}`)).toContain("Approved: CI runs on");
  });

  it("is too late when the head has moved, another has approved it, or the role is gone", async () => {
    const [moved, approved, demoted] = [await fork(), await fork(), await fork()];
    const buttons = new Map<number, string>();
    for (const pull of [moved, approved, demoted]) buttons.set(pull, await asking(`approve-run ${repository}#${pull}`));
    const confirm = (pull: number) => stage.aside("ada", buttons.get(pull) ?? "");
    const before = stage.github.calls().length;

    await stage.github.push(moved);
    expect(await confirm(moved)).toMatchObject({
      outcome: "refused",
      reason: "head_moved",
      shown: expect.stringContaining("so nothing was done"),
    });
    await stage.approveByHand(approved);
    expect(await confirm(approved)).toMatchObject({
      reason: "not_waiting",
      shown: expect.stringContaining("CI does not wait for an approval any more. Look with status."),
    });
    await stage.github.setRole("ada", "triage");
    await stage.forgetRoles();
    expect(await confirm(demoted)).toMatchObject({ outcome: "refused", reason: "role_too_low" });
    await stage.github.setRole("ada", "admin");
    await stage.forgetRoles();

    expect(stage.changes(before)).toEqual(["POST runs/approve"]);
  });
});

describe("clearing caches", () => {
  const left = (pull: number) =>
    stage.github
      .caches()
      .filter((cache) => cache.ref === ref(pull))
      .map(({ key }) => key);

  it("deletes exactly those that were shown, and says which were gone", async () => {
    const pull = await stage.openPull();
    await twoCaches(stage, pull);
    stage.github.addCache({ key: "cargo-a", ref: "refs/heads/elsewhere", sizeInBytes: 1 });
    const button = await asking(`clear-cache ${repository}#${pull}`);
    stage.github.addCache({ key: "cargo-c", ref: ref(pull), sizeInBytes: 1 });
    await stage.deleteCacheByHand("cargo-b", ref(pull));

    const { outcome, shown } = await stage.aside("ada", button);

    expect(outcome).toBe("queued");
    expect(shown).toContain("Deleting 2 caches (121 MB) in nextrust/nextrust.");
    await stage.told("ada deleted 1 of 2 caches (120 MB) in nextrust/nextrust. 1 was gone already.");
    expect(left(pull)).toEqual(["cargo-c"]);
    expect(stage.github.caches().some((cache) => cache.ref === "refs/heads/elsewhere")).toBe(true);
  });

  it("stops where the App may not, and says how far it came", async () => {
    const pull = await stage.openPull();
    await twoCaches(stage, pull);
    const button = await asking(`clear-cache ${repository}#${pull}`);
    stage.github.fail(/^DELETE/, { status: 403, body: { message: "Resource not accessible by integration" } });

    await stage.aside("ada", button);

    await stage.told(
      "GitHub does not let the bot delete caches in nextrust/nextrust: it needs the permission Actions: write. 0 of 2 caches in nextrust/nextrust were deleted before that. Ask again to go on.",
    );
    expect(left(pull)).toHaveLength(2);
  });

  it("is an admin's", async () => {
    await stage.github.setRole("ada", "maintain");
    await stage.forgetRoles();

    expect(await stage.aside("ada", `clear-cache --all-refs ${repository}@main`)).toMatchObject({
      outcome: "refused",
      reason: "role_too_low",
    });
  });
});
