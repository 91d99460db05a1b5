import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { carryOut } from "../../../src/pipeline/operations/carry-out.ts";
import { describe as toReply } from "../../../src/pipeline/operations/describe.ts";
import type { Operation } from "../../../src/pipeline/operations/operations.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aRunOnGitHub, away, type GitHubRun, unanswered } from "./a-run.ts";

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const kinds = ["retry", "cancel", "approve"] as const;
const asked = (kind: Operation["kind"] = "retry") => anOperation({ kind, stage: "asked" });
const put = (operation: Operation) => state.records.transaction(({ operations }) => operations.put(operation));
const ask = async (operation: Operation, { services }: GitHubRun) =>
  toReply(await carryOut(operation.intent, async () => [{ operation }], { ...services, records: state.records }));
const wordsOf = ({ parts }: ReturnType<typeof toReply>) => JSON.stringify(parts);

describe("what was asked of GitHub before a crash", () => {
  it.each(kinds)("is uncertain while GitHub is away, and never said to be undone: %s", async (kind) => {
    const github = aRunOnGitHub({ isOver: kind === "retry" });
    github.failLooks(away);
    await put(asked(kind));

    const reply = await ask(asked(kind), github);

    expect(reply).toMatchObject({ outcome: "uncertain", reason: `${kind}_asked` });
    expect(wordsOf(reply)).not.toContain("Nothing was done");
    expect(github.asked).toEqual([]);
  });

  it("is uncertain when it is asked again and GitHub gives no answer", async () => {
    const github = aRunOnGitHub();
    github.answerWith(unanswered);
    await put(asked());

    expect(await ask(asked(), github)).toMatchObject({ outcome: "uncertain", reason: "retry_asked" });
  });
});

describe("a wish that two workers handle at once", () => {
  it("is done once, although both had planned it before either stored it", async () => {
    const github = aRunOnGitHub();
    const both = Promise.withResolvers<void>();
    let planning = 0;
    const plan = async () => {
      if (++planning === 2) both.resolve();
      await both.promise;
      return [{ operation: asked() }];
    };
    const needs = { ...github.services, records: state.records };

    await Promise.all([carryOut("comment-1", plan, needs), carryOut("comment-1", plan, needs)]);

    expect(planning).toBe(2);
    expect(github.asked).toEqual(["rerun"]);
  });
});

describe("a wish of which all failed", () => {
  it("may be tried again", async () => {
    const github = aRunOnGitHub();
    github.answerWith(away);
    expect(await ask(asked(), github)).toMatchObject({ outcome: "failed" });
    github.answerWith(undefined);

    expect(await ask(asked(), github)).toMatchObject({ outcome: "done" });
  });
});
