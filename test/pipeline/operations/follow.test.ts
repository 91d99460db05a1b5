import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { carryOut } from "../../../src/pipeline/operations/carry-out.ts";
import { followRun } from "../../../src/pipeline/operations/follow.ts";
import type { Operation } from "../../../src/pipeline/operations/operations.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { aJobEnd } from "../../contracts/backoff.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aRunOnGitHub, away, type GitHubRun, unanswered } from "./a-run.ts";

const minute = 60_000;

let now: number;
let state: EmbeddedState;
beforeEach(async () => {
  now = 1_764_000_000_000;
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const people = ["ada", "grace", "ravi", "sam"];
const aWish = (name: string, changes: Partial<Operation> = {}) =>
  anOperation({ id: `${name}#0`, intent: name, stage: "waiting", askedAt: now, ...changes });
const needs = ({ services }: GitHubRun) => ({ ...services, records: state.records, now: () => now });
const ask = (operation: Operation, github: GitHubRun) => carryOut(operation.intent, async () => [{ operation }], needs(github));
const look = (github: GitHubRun, isRepeated = false) => followRun("acme/shop", 7, isRepeated, needs(github));
const of = (name: string) => state.records.transaction(async ({ operations }) => (await operations.ofIntent(name))[0]);
const ends = async (names = people) => (await Promise.all(names.map(of))).map((operation) => operation?.end);
const put = (operation: Operation) => state.records.transaction(({ operations }) => operations.put(operation));

describe("people who ask for the same retry while a run goes", () => {
  const failedAgain = { kind: "concluded", state: "failed", attempt: 2 };

  it.each(["failed", "passed"] as const)("make one re-run, and all hear that it %s", async (how) => {
    const github = aRunOnGitHub({ isOver: false });
    for (const name of people) await ask(aWish(name), github);

    github.end("failed");
    await look(github);
    for (const name of people) expect(await of(name)).toMatchObject({ stage: "running" });
    github.end(how);
    await look(github);
    await look(github);

    expect(github.asked).toEqual(["rerun"]);
    expect(await ends()).toMatchObject(people.map(() => ({ ...failedAgain, state: how })));
  });

  it("make one although nothing was heard between the re-run and its end", async () => {
    const github = aRunOnGitHub({ isOver: false });
    for (const name of people) await ask(aWish(name), github);

    github.end("failed");
    github.failLooks(away, 1);
    await expect(look(github)).rejects.toThrow(away);
    github.failLooks(undefined);
    github.end("failed");
    await look(github, true);
    await look(github);

    expect(github.asked).toEqual(["rerun"]);
    expect(await ends()).toMatchObject(people.map(() => failedAgain));
  });

  it("make one although GitHub did not say whether it took it", async () => {
    const github = aRunOnGitHub({ isOver: false });
    for (const name of people) await ask(aWish(name), github);

    github.end("failed");
    github.answerWith(unanswered);
    await look(github);
    await look(github);

    expect(github.asked).toEqual(["rerun"]);
  });

  it("make the next ask where the first was refused", async () => {
    const github = aRunOnGitHub({ isOver: false });
    for (const name of people.slice(0, 2)) await ask(aWish(name), github);

    github.end("failed");
    github.answerWith({ because: "forbidden", said: "no" });
    await look(github);

    expect(github.asked).toEqual(["rerun", "rerun"]);
  });
});

describe("a retry with debug logging", () => {
  const debug = (name: string) => aWish(name, { wish: { ...aWish(name).wish, debug: true } });

  it.each([
    ["is not covered by one without", aWish, debug, 2],
    ["covers one without", debug, aWish, 1],
    ["covers another with", debug, debug, 1],
  ] as const)("%s", async (_, first, second, reruns) => {
    const github = aRunOnGitHub({ isOver: false });
    await ask(first("ada"), github);
    await ask(second("grace"), github);

    for (let ended = 0; ended < 3; ended += 1) {
      github.end("failed");
      await look(github);
    }

    expect(github.asked).toHaveLength(reruns);
  });
});

describe("what GitHub has accepted", () => {
  it("after an hour's wait is not called never begun by a look that still sees the old attempt", async () => {
    const github = aRunOnGitHub();
    await put(aWish("ada", { stage: "running", askedAt: now - 60 * minute, actedAt: now - minute }));

    await look(github);
    expect(await of("ada")).toMatchObject({ stage: "running" });

    now += 10 * minute;
    await look(github);
    expect((await of("ada"))?.end).toMatchObject({ outcome: "uncertain", reason: "not_begun" });
  });

  it("is the same for who joined it", async () => {
    const github = aRunOnGitHub({ isOver: false });
    for (const name of people) await ask(aWish(name), github);
    now += 60 * minute;
    github.end("failed");
    await look(github);

    github.showOldAttempt();
    await look(github);

    expect(await ends()).toEqual(people.map(() => undefined));
  });

  it("keeps when it was asked, for what had to wait", async () => {
    const github = aRunOnGitHub({ isOver: false });
    await ask(aWish("ada"), github);
    now += 60 * minute;
    github.end("failed");
    await look(github);

    expect(await of("ada")).toMatchObject({ stage: "running", actedAt: now });
  });

  it.each([
    ["running", undefined],
    ["asked", { reason: "not_begun" }],
  ] as const)("as a cancel that is %s has after a day the end %j", async (stage, end) => {
    const github = aRunOnGitHub({ isOver: false });
    await put(aWish("ada", { kind: "cancel", stage }));
    now += 24 * 60 * minute;

    await look(github);

    if (end) expect((await of("ada"))?.end).toMatchObject(end);
    else expect(await of("ada")).toMatchObject({ stage: "running" });
  });
});

describe("an App that was taken off the repository", () => {
  it("ends what waits for a run with that sentence", async () => {
    const github = aRunOnGitHub();
    const message = "The GitHub App is not installed on acme/shop, or there is no such repository.";
    github.failLooks(new UserError("not_applicable", "not_installed", message));
    await put(aWish("ada", { stage: "running" }));

    await look(github);

    expect((await of("ada"))?.end).toMatchObject({ outcome: "not_applicable", reason: "not_installed", message });
  });
});

describe("a retry that waits while its job fails for the third time", () => {
  it("is begun, because a person asked for it, and the failure counts although nobody told of it", async () => {
    const github = aRunOnGitHub({ isOver: false, attempt: 3 });
    const earlier = { repository: "acme/shop", headSha: "ab12cd3", endedAt: now - minute };
    await state.records.transaction(({ backoff }) => backoff.add([1, 2].map((attempt) => aJobEnd({ ...earlier, attempt }))));
    await ask(aWish("ada"), github);

    github.end("failed");
    await look(github);

    const counts = await state.records.transaction(({ backoff }) => backoff.ofCommit("acme/shop", "ab12cd3"));
    expect(counts).toMatchObject([{ job: "test", failures: 3 }]);
    expect(github.asked).toEqual(["rerun"]);
    expect(await of("ada")).toMatchObject({ stage: "running" });
  });
});
