import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { carryOut } from "../../../src/pipeline/operations/carry-out.ts";
import { followRun } from "../../../src/pipeline/operations/follow.ts";
import type { Operation } from "../../../src/pipeline/operations/operations.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aRunOnGitHub, type GitHubRun } from "./a-run.ts";

const now = 1_764_000_000_000;

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const aWish = (name: string, changes: Partial<Operation>) => anOperation({ id: `${name}#0`, intent: name, askedAt: now, ...changes });
const needs = ({ services }: GitHubRun) => ({ ...services, records: state.records, now: () => now });
const put = (operation: Operation) => state.records.transaction(({ operations }) => operations.put(operation));
const of = (name: string) => state.records.transaction(async ({ operations }) => (await operations.ofIntent(name))[0]);

describe("a retry that waits for the run's end", () => {
  it.each(["asked", "running"] as const)("is not begun while a cancel of the run is %s, whoever hears of the end first", async (stage) => {
    const github = aRunOnGitHub({ isOver: false });
    await put(aWish("ada", { stage: "waiting" }));
    await put(aWish("grace", { kind: "cancel", stage }));

    github.end("failed");
    await followRun("acme/shop", 7, false, needs(github));

    expect(github.asked).toEqual([]);
    expect(await of("ada")).toMatchObject({ end: { reason: "cancelled", message: expect.stringContaining("cancelled CI") } });
  });

  it("is not begun when somebody stopped the run on GitHub itself", async () => {
    const github = aRunOnGitHub({ isOver: false });
    await put(aWish("ada", { stage: "waiting" }));

    github.end("cancelled");
    await followRun("acme/shop", 7, false, needs(github));

    expect(github.asked).toEqual([]);
    expect(await of("ada")).toMatchObject({ end: { outcome: "not_applicable", reason: "cancelled" } });
  });
});

describe("what GitHub has not answered", () => {
  it.each([
    ["a moment ago is joined", 1_000, []],
    ["a minute ago is asked for again", 60_000, ["rerun"]],
  ] as const)("%s", async (_, agoMs, asked) => {
    const github = aRunOnGitHub();
    await put(aWish("ada", { stage: "asked", askedAt: now - agoMs }));

    const operation = aWish("grace", { stage: "asked" });
    await carryOut("grace", async () => [{ operation }], needs(github));

    expect(github.asked).toEqual(asked);
  });

  it("may be cancelled again at any time", async () => {
    const github = aRunOnGitHub({ isOver: false });
    await put(aWish("ada", { kind: "cancel", stage: "asked" }));

    const operation = aWish("grace", { kind: "cancel", stage: "asked" });
    await carryOut("grace", async () => [{ operation }], needs(github));

    expect(github.asked).toEqual(["cancel"]);
  });
});
