import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Incident, Transition } from "../../src/pipeline/incidents/incident.ts";
import type { Incidents } from "../../src/pipeline/incidents/incidents.ts";
import { anIncident } from "../pipeline/incidents/builders.ts";
import type { Place, State } from "./place.ts";

const at = 1_764_000_000_000;
const resolved = (incident: Incident, when: number): Incident => ({
  ...incident,
  state: "resolved",
  resolved: { at: when, as: "fixed" },
  version: incident.version + 1,
});
const numbered = (number: number, changes: Partial<Incident> = {}): Incident => ({
  ...anIncident(),
  number,
  key: `k${number}`,
  ...changes,
});
const happened = (ordinal: number, changes: Partial<Transition> = {}): Transition => ({
  incident: 1,
  ordinal,
  kind: "opened",
  reason: "failed",
  at,
  ...changes,
});

/** Run by every adapter of the port. */
export function incidentsContract(create: () => Promise<Place>): void {
  describe("incidents", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (incidents: Incidents) => Promise<T>) => state.records.transaction((tx) => work(tx.incidents));
    const put = (incident: Incident) => ask((incidents) => incidents.put(incident));

    it("keeps all of an incident, and numbers count on", async () => {
      const incident = numbered(1);

      expect(await ask((incidents) => incidents.nextNumber())).toBe(1);
      expect(await put(incident)).toBe(true);
      expect(await ask((incidents) => incidents.find(1))).toEqual(incident);
      expect(await ask((incidents) => incidents.nextNumber())).toBe(2);
    });

    it("has one open incident of a key, and a new one once that is over", async () => {
      const first = numbered(1, { key: "same" });
      await put(first);

      expect(await put(numbered(2, { key: "same" }))).toBe(false);
      expect(await put(resolved(first, at))).toBe(true);
      expect(await put(numbered(2, { key: "same" }))).toBe(true);
      expect((await ask((incidents) => incidents.openOf("same")))?.number).toBe(2);
      expect((await ask((incidents) => incidents.lastResolvedOf("same")))?.number).toBe(1);
    });

    it("takes a change only of the version that it was decided by", async () => {
      const incident = numbered(1);
      await put(incident);

      const all = await Promise.all([1, 2, 3].map((redCount) => put({ ...incident, redCount, version: 2 })));

      expect(all.filter(Boolean)).toHaveLength(1);
      expect(await put({ ...incident, version: 2 })).toBe(false);
      expect(await put({ ...incident, version: 3 })).toBe(true);
    });

    it("gives one open incident of a key to exactly one of two processes", async () => {
      const other = await place.open();

      const taken = await Promise.all(
        [state, other].map(({ records }, index) =>
          records.transaction(({ incidents }) => incidents.put(numbered(index + 1, { key: "same" }))),
        ),
      );

      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it("writes each transition down once, in order", async () => {
      const tell = (...transitions: readonly Transition[]) => ask((incidents) => incidents.append(transitions));
      await tell(happened(2, { kind: "escalated" }), happened(1));

      await tell(happened(2, { kind: "recovered" }));
      await tell();

      expect((await ask((incidents) => incidents.timeline(1))).map(({ kind }) => kind)).toEqual(["opened", "escalated"]);
      expect(await ask((incidents) => incidents.timeline(7))).toEqual([]);
    });

    it("lists what is open, and what was opened or resolved since, newest first; names ignore case", async () => {
      await put(numbered(1, { openedAt: at }));
      await put(numbered(2, { openedAt: at + 10 }));
      await put(resolved(numbered(2), at + 20));
      await put(
        numbered(3, { openedAt: at + 30, subject: { kind: "outage", repository: "Other/Repo", signature: "s", workflowIds: [1] } }),
      );
      const numbers = async (list: Promise<readonly Incident[]>) => (await list).map(({ number }) => number);

      expect(await numbers(ask((incidents) => incidents.open()))).toEqual([3, 1]);
      expect(await numbers(ask((incidents) => incidents.open("ACME/shop")))).toEqual([1]);
      expect(await numbers(ask((incidents) => incidents.openedSince("acme/SHOP", at)))).toEqual([2, 1]);
      expect(await numbers(ask((incidents) => incidents.openedSince("acme/shop", at + 1)))).toEqual([2]);
      expect(await numbers(ask((incidents) => incidents.resolvedSince("acme/shop", at + 20)))).toEqual([2]);
      expect(await numbers(ask((incidents) => incidents.resolvedSince("acme/shop", at + 21)))).toEqual([]);
    });
  });
}
