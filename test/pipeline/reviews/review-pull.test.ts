import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError, UserError } from "../../../src/errors.ts";
import { Postponed } from "../../../src/pipeline/queue.ts";
import { createUnplaced } from "../../../src/pipeline/reviews/on-unplaced.ts";
import { findReview } from "../../../src/pipeline/reviews/review-state.ts";
import { reviewAttempts } from "../../../src/pipeline/reviews/wish.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { aFile, pay } from "./a-change.ts";
import { aWish, byItself, of, type Reviewing, startReviewing } from "./reviewing.ts";

let reviewing: Reviewing;
beforeEach(async () => {
  reviewing = await startReviewing();
});
afterEach(() => reviewing.close());

const wordsOf = (reply: unknown) => JSON.stringify(reply);
const newHead = "c".repeat(40);
/** What it took, as the ledger has it. */
const spent = () => reviewing.tx(({ ledger }) => ledger.meteredPico({ reservation: "ask:review:comment-1:1" }));

describe("a review whose process dies", () => {
  it("is asked for, posted and written down once, at whichever transaction it was", async () => {
    await reviewing.answer();
    reviewing.dieAt = 1_000;
    await reviewing.run();
    const count = 1_000 - reviewing.dieAt;
    expect(count).toBeGreaterThan(5);

    for (let dies = 0; dies < count; dies++) {
      await reviewing.close();
      reviewing = await startReviewing();
      await reviewing.answer();
      reviewing.dieAt = dies;
      await expect(reviewing.run()).rejects.toThrow("dead");
      const isPaid = reviewing.channel.calls.length;
      reviewing.dieAt = undefined;

      await reviewing.run();

      expect(reviewing.channel.calls.length, `died at ${dies}`).toBe(1);
      expect((await reviewing.inline())?.version, `died at ${dies}`).toBe(1);
      expect((await reviewing.summary())?.version).toBe(1);
      expect(await reviewing.reply()).toMatchObject({ outcome: "done", reason: "review_findings" });
      expect(await reviewing.audit()).toHaveLength(1);
      expect(await reviewing.tx(({ reservations }) => reservations.open())).toEqual([]);
      if (!isPaid) continue;
      expect([0n, parseUsd("1")]).toContain(await spent());
    }
  });

  it("changes nothing when it was told, and only its end was not written down", async () => {
    await reviewing.answer();
    await reviewing.run();
    const before = [await reviewing.summary(), await reviewing.inline(), await reviewing.check(), await reviewing.audit()];

    await reviewing.run();

    expect([await reviewing.summary(), await reviewing.inline(), await reviewing.check(), await reviewing.audit()]).toEqual(before);
    expect(reviewing.channel.calls).toHaveLength(1);
  });

  it("asks nobody a second time whose failure was told", async () => {
    await reviewing.answer();
    reviewing.channel.play({ fails: "refused", costs: true });
    await reviewing.run();
    await reviewing.run();

    expect(reviewing.channel.calls).toHaveLength(1);
    expect(await reviewing.audit()).toMatchObject([{ outcome: "failed", reason: "ai_declined" }]);
  });
});

describe("a review that somebody waits for", () => {
  it("waits for its reply before anything is paid for", async () => {
    await expect(reviewing.run()).rejects.toThrow(Postponed);

    expect(reviewing.channel.calls).toHaveLength(0);
  });

  it.each([
    ["that no try can mend, at once", new ServiceError("GitHub refused.", { service: "GitHub", retryable: false }), 1, "service_failed"],
    ["that goes on, in the end", new ServiceError("GitHub is down.", { service: "GitHub", retryable: true }), 6, "service_failed"],
    ["of a person, at once", new UserError("not_applicable", "target_not_found", "There is none."), 1, "target_not_found"],
  ] as const)("tells of a failure %s", async (_, error, attempt, reason) => {
    await reviewing.answer();
    reviewing.gitHubFails = error;

    await reviewing.run(aWish(), attempt);

    expect(await reviewing.reply()).toMatchObject({ reason });
  });

  it("tells of a mistake of ours, which the queue has to know, too", async () => {
    await reviewing.answer();
    reviewing.gitHubFails = new TypeError("x is undefined");

    await expect(reviewing.run(aWish(), reviewAttempts(aWish()))).rejects.toThrow("x is undefined");

    expect(wordsOf(await reviewing.reply())).toContain("mistake of ours");
    expect(wordsOf(await reviewing.reply())).not.toContain("x is undefined");
  });
});

describe("a review that nobody asked for", () => {
  it("shows in the check run why there is none, after an hour of an outage, and the audit has it", async () => {
    const wish = byItself("opened");
    reviewing.gitHubFails = new ServiceError("GitHub is down.", { service: "GitHub", retryable: true });
    await expect(reviewing.run(wish, 6)).rejects.toThrow("GitHub is down.");
    expect(await reviewing.check()).toBeUndefined();

    await reviewing.run(wish, reviewAttempts(wish));

    expect(await reviewing.check()).toMatchObject({ outcome: "failed", reason: "review_service_failed" });
    expect(await reviewing.audit()).toMatchObject([{ command: "auto-review", outcome: "failed", reason: "service_failed" }]);
  });

  it("says who could answer where nobody is configured", async () => {
    reviewing.channel.remove();

    await reviewing.run(byItself("opened"));

    expect(wordsOf(await reviewing.check())).toContain("OPENAI_API_KEY");
  });

  it("is left to the newest of a row of pushes", async () => {
    await reviewing.run(byItself("push", newHead));

    expect(reviewing.channel.calls).toHaveLength(0);
    expect(await reviewing.audit()).toEqual([]);
  });

  it("counts what went with a removed file as gone, and asks nobody", async () => {
    await reviewing.run(byItself("opened"));
    reviewing.pull = { ...reviewing.pull, headSha: newHead };
    reviewing.newer = { files: [aFile("src/pay.ts", pay.before, "", { status: "removed" })], isCut: false };

    await reviewing.run(byItself("push", newHead));

    expect(reviewing.channel.calls).toHaveLength(1);
    expect(await reviewing.check(newHead)).toMatchObject({ reason: "review_clean" });
    expect(wordsOf(await reviewing.check(newHead))).toContain("Not found any more");
  });

  it("looks at the whole change where only some files were looked at before", async () => {
    await reviewing.answer();
    await reviewing.run(aWish({ how: "asked", paths: ["src/pay.ts"] }));
    expect((await reviewing.tx(({ notes }) => findReview(notes, of)))?.wholeTo).toBeUndefined();

    await reviewing.run(byItself("opened"));

    expect((await reviewing.tx(({ notes }) => findReview(notes, of)))?.wholeTo).toBe(reviewing.pull.headSha);
    expect((await reviewing.inline(byItself("opened")))?.version).toBeUndefined();
  });
});

describe("a finding that GitHub takes no comment on", () => {
  it("stands in the summary with its reason", async () => {
    await reviewing.answer();
    await reviewing.run();
    const threads = (await reviewing.inline())?.address as { threads: readonly { finding: string }[] };
    expect(wordsOf(await reviewing.summary())).not.toContain("The error is lost.");

    const payload = { review: "review:inline:comment-1", findings: threads.threads.map(({ finding }) => finding) };
    await createUnplaced(reviewing.services)({ id: "u", task: "", payload, attempt: 1, signal: new AbortController().signal });

    expect(wordsOf(await reviewing.summary())).toContain("The error is lost.");
  });
});
