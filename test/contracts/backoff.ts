import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Backoff, Failure } from "../../src/pipeline/backoff/backoff.ts";
import type { Place, State } from "./place.ts";

const headSha = "ab12cd3".padEnd(40, "0");
const ci = { id: 3, name: "CI" };
const aFailure: Failure = { repository: "Acme/Shop", headSha, workflow: ci, runId: 7, attempt: 1, failedAt: 1_764_000_000_000 };

/** Run by every adapter of the port. */
export function backoffContract(create: () => Promise<Place>): void {
  describe("backoff", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (backoff: Backoff) => Promise<T>) => state.records.transaction((tx) => work(tx.backoff));
    const tell = (...failures: readonly Partial<Failure>[]) =>
      ask(async (backoff) => {
        for (const failure of failures) await backoff.add({ ...aFailure, ...failure });
      });
    const count = (repository = "acme/SHOP") => ask((backoff) => backoff.ofCommit(repository, headSha));

    it("counts the attempts of the run that failed most, for each workflow", async () => {
      const nightly = { id: 4, name: "Nightly" };
      const nights = [9, 10, 11].map((runId) => ({ runId, workflow: nightly }));
      await tell({}, { attempt: 2 }, { runId: 8 }, ...nights);

      expect(await count()).toEqual([
        { workflow: ci, failures: 2 },
        { workflow: nightly, failures: 1 },
      ]);
    });

    it("counts an attempt once, however often and in whatever case it is told", async () => {
      await tell({}, {}, { repository: "acme/shop", failedAt: 1 });

      expect(await count()).toEqual([{ workflow: ci, failures: 1 }]);
    });

    it("counts neither other commits nor other repositories", async () => {
      await tell({ headSha: "f".repeat(40) }, { repository: "acme/other", runId: 9 });

      expect(await count()).toEqual([]);
    });

    it("forgets what is cleared, says how much it was, and does not take it back", async () => {
      await tell({}, { attempt: 2 }, { runId: 8, headSha: "f".repeat(40) });

      expect(await ask((backoff) => backoff.clear("acme/shop", headSha))).toBe(2);
      await tell({}, { attempt: 2 });
      expect(await count()).toEqual([]);
      expect(await ask((backoff) => backoff.clear("acme/shop", headSha))).toBe(0);

      await tell({ attempt: 3 });
      expect(await count()).toEqual([{ workflow: ci, failures: 1 }]);
    });
  });
}
