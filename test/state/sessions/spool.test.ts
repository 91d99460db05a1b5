import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { type Room, spoolSchema, sqliteSpool } from "../../../src/state/sessions/spool.ts";
import { aJournal, aTold, aUsageOf } from "./a-journal.ts";

const dayMs = 24 * 60 * 60_000;
const plenty = { events: 100, bytes: 100_000 };

function aSpool(room: Partial<Room> = {}) {
  const database = new DatabaseSync(":memory:");
  database.exec(spoolSchema);
  return sqliteSpool(database, (work) => work(), { waiting: plenty, aside: plenty, ...room });
}

const idsIn = (spool: ReturnType<typeof aSpool>) =>
  spool.next(100).map(({ event }) => (event.type === "usage" ? event.usage.id : event.id));

describe("the spool", () => {
  it("gives back what it was told, in order, every digit of its money too", () => {
    using journal = aJournal();
    const events = [aUsageOf("s1"), aTold("f1"), aUsageOf("s1", "anthropic:msg_2")];

    journal.spool.add(events, 5);

    const other = openJournal(journal.file);
    expect(other.spool.next(10).map(({ event }) => event)).toEqual(events);
    expect(other.spool.next(2)).toHaveLength(2);
    expect(other.spool.standing()).toEqual({ waiting: 3, aside: 0, lost: 0, oldestAt: 5 });
    other.close();
  });

  it("keeps the oldest where there is room for no more, and counts the others", () => {
    const spool = aSpool({ waiting: { events: 3, bytes: 100_000 } });

    spool.add([aTold("a"), aTold("b")], 1);
    spool.add([aTold("c"), aTold("d"), aTold("a", { failures: 4 })], 2);
    spool.add([aTold("e")], 3);

    expect(idsIn(spool)).toEqual(["b", "c", "a"]);
    expect(spool.standing()).toMatchObject({ waiting: 3, lost: 2 });
    spool.remove(spool.next(1));
    spool.add([aTold("f")], 4);
    expect(idsIn(spool)).toEqual(["c", "a", "f"]);
  });

  it("takes no more bytes than there is room for", () => {
    const { bytes } = (() => {
      const spool = aSpool();
      spool.add([aTold("a")], 1);
      return spool.next(1)[0] ?? { bytes: 0 };
    })();
    const spool = aSpool({ waiting: { events: 100, bytes: 2 * bytes + 10 } });

    spool.add([aTold("a"), aTold("b"), aTold("c")], 1);

    expect(idsIn(spool)).toEqual(["a", "b"]);
    expect(spool.standing().lost).toBe(1);
  });

  it("gives as many as go into so many bytes, but always one", () => {
    const spool = aSpool();
    spool.add([aTold("a"), aTold("b"), aTold("c")], 1);
    const [first] = spool.next(1);

    expect(spool.next(100, 2 * (first?.bytes ?? 0))).toHaveLength(2);
    expect(spool.next(100, 1)).toEqual([first]);
  });

  it("does not lose what was told anew while the old one was taken", () => {
    const spool = aSpool();
    spool.add([aTold("a")], 1);
    const taken = spool.next(1);

    spool.add([aTold("a", { failures: 4 })], 2);
    spool.remove(taken);

    expect(spool.next(1)).toMatchObject([{ event: { failures: 4 } }]);
  });

  it("keeps what was refused beside those that wait, and lets it wait again, in its place, when it is time", () => {
    const spool = aSpool();
    spool.add([aTold("a"), aTold("b"), aTold("c")], 1);
    const [, b] = spool.next(2);

    spool.setAside(b ? [{ ...b, problem: "I know no failures." }] : [], 10);

    expect(idsIn(spool)).toEqual(["a", "c"]);
    expect(spool.aside(10)).toMatchObject([{ event: { id: "b" }, problem: "I know no failures." }]);
    expect(spool.standing()).toMatchObject({ waiting: 2, aside: 1, lost: 0 });
    spool.tryAgain(9, 11);
    expect(idsIn(spool)).toEqual(["a", "c"]);
    spool.tryAgain(10, 11);
    expect(idsIn(spool)).toEqual(["a", "b", "c"]);
  });

  it("lets it wait again at once when it is told anew", () => {
    const spool = aSpool();
    spool.add([aTold("a")], 1);
    spool.setAside(
      spool.next(1).map((one) => ({ ...one, problem: "at is in the future." })),
      2,
    );

    spool.add([aTold("a")], 3);

    expect(spool.standing()).toMatchObject({ waiting: 1, aside: 0, lost: 0 });
  });

  it("keeps so many of those that were refused, and a month, and counts the others as lost", () => {
    const spool = aSpool({ aside: { events: 1, bytes: 100_000 } });
    spool.add([aTold("a"), aTold("b")], 1);

    spool.setAside(
      spool.next(2).map((one) => ({ ...one, problem: "no" })),
      2,
    );
    expect(spool.standing()).toMatchObject({ aside: 1, lost: 1 });

    spool.tryAgain(31 * dayMs, 31 * dayMs);
    expect(spool.standing()).toMatchObject({ waiting: 0, aside: 0, lost: 2 });
  });

  it("remembers since when nothing can be told, and forgets it when something was", () => {
    const spool = aSpool();

    spool.trouble({ text: "it is away", isForPerson: false }, 5);
    spool.trouble({ text: "wrong token", isForPerson: true }, 9);

    expect(spool.standing().trouble).toEqual({ text: "wrong token", isForPerson: true, since: 5 });
    spool.trouble(undefined, 10);
    expect(spool.standing().trouble).toBeUndefined();
  });
});
