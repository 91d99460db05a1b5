import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fix, KnownIssueBook } from "../../src/pipeline/known-issues/book.ts";
import type { Place, State } from "./place.ts";

const headSha = "ab12cd3".padEnd(40, "0");
const at = 1_764_000_000_000;
const aFix: Fix = { issue: "sigill", repository: "Acme/Shop", headSha, runId: 7, attempt: 1, job: "build", type: "retry", at };

/** Run by every adapter of the port. */
export function knownIssuesContract(create: () => Promise<Place>): void {
  describe("the book of known issues", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (book: KnownIssueBook) => Promise<T>) => state.records.transaction((tx) => work(tx.knownIssues));
    const counts = (issue = "sigill") => ask((book) => book.counts(issue));

    it("knows nothing of an issue that never came", async () => {
      expect(await counts()).toEqual({ occurrences: 0, fixesTried: 0, fixesSucceeded: 0, fixesFailed: 0 });
    });

    it("counts each attempt of a run once for each issue, however often and in whatever case it is told", async () => {
      await ask(async (book) => {
        await book.seen("sigill", "Acme/Shop", 7, 1, at);
        await book.seen("sigill", "acme/shop", 7, 1, at + 9);
        await book.seen("sigill", "acme/shop", 7, 2, at + 5);
        await book.seen("sigill", "acme/other", 7, 2, at + 1);
        await book.seen("atomic", "acme/shop", 7, 1, at);
      });

      expect(await counts()).toMatchObject({ occurrences: 3, lastSeenAt: at + 5 });
      expect(await counts("atomic")).toMatchObject({ occurrences: 1, lastSeenAt: at });
    });

    it("begins one fix for a repository, commit and job, whatever the issue, and for ever", async () => {
      const begin = (fix: Partial<Fix>) => ask((book) => book.begin({ ...aFix, ...fix }));

      expect(await begin({})).toBe(true);
      expect(await begin({ repository: "acme/shop", issue: "atomic", runId: 8 })).toBe(false);
      expect(await begin({ job: "docs" })).toBe(true);
      expect(await begin({ headSha: "f".repeat(40) })).toBe(true);
      expect(await begin({ repository: "acme/other" })).toBe(true);
      await ask((book) => book.end(aFix, false, at));
      expect(await begin({})).toBe(false);
    });

    it("shows what is under way on a commit until it ends", async () => {
      const later: Fix = { ...aFix, job: "docs", type: "workflow", at: at + 1 };
      await ask(async (book) => {
        await book.begin(later);
        await book.begin(aFix);
        await book.begin({ ...aFix, headSha: "f".repeat(40) });
      });

      expect(await ask((book) => book.underWay("acme/SHOP", headSha))).toEqual([aFix, later]);
      await ask((book) => book.end({ ...aFix, repository: "acme/shop" }, true, at + 2));
      expect(await ask((book) => book.underWay("acme/shop", headSha))).toEqual([later]);
    });

    it("counts how fixes ended, once each, and leaves out what is under way", async () => {
      await ask(async (book) => {
        for (const job of ["a", "b", "c", "d"]) await book.begin({ ...aFix, job });
        await book.end({ ...aFix, job: "a" }, true, at + 1);
        await book.end({ ...aFix, job: "b" }, true, at + 3);
        await book.end({ ...aFix, job: "b" }, false, at + 4);
        await book.end({ ...aFix, job: "c" }, false, at + 5);
      });

      const expected = { occurrences: 0, fixesTried: 4, fixesSucceeded: 2, fixesFailed: 1, lastFixSucceededAt: at + 3 };
      expect(await counts()).toEqual(expected);
    });
  });
}
