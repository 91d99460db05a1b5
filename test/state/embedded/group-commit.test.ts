import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { Connection } from "../../../src/state/embedded/connection.ts";
import { GroupCommit } from "../../../src/state/embedded/group-commit.ts";

describe("group commit", () => {
  let connection: Connection;
  let group: GroupCommit;

  beforeEach(() => {
    connection = new Connection(":memory:");
    connection.script("CREATE TABLE notes (text TEXT NOT NULL)");
    group = new GroupCommit(connection, Math.random);
  });

  const note = (text: string) => connection.run("INSERT INTO notes VALUES (?)", text);
  const notes = () => connection.all<{ text: string }>("SELECT text FROM notes ORDER BY rowid").map(({ text }) => text);

  it("runs works in order of arrival and one after the other, however long each takes", async () => {
    const slowly = (text: string, delayMs: number) =>
      group.write(async () => {
        note(`${text} begins`);
        await sleep(delayMs);
        note(`${text} ends`);
      });

    await Promise.all([slowly("a", 15), slowly("b", 5), slowly("c", 0)]);

    expect(notes()).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("commits the works of one turn together and tells nobody before", async () => {
    const commits = vi.spyOn(connection, "run");
    const heard: boolean[] = [];

    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await group.write(() => note(`${index}`));
        heard.push(connection.isInTransaction);
      }),
    );

    // One, unless the machine is so slow that a group's time is up.
    expect(commits.mock.calls.filter(([sql]) => sql === "COMMIT").length).toBeLessThan(5);
    expect(heard).toEqual(new Array(20).fill(false));
  });

  it("shows a read nothing that may yet be rolled back", async () => {
    const { promise: written, resolve: tell } = Promise.withResolvers<void>();
    const failed = group.write(async () => {
      note("never happened");
      tell();
      await sleep(10);
      throw new Error("no");
    });
    await written;

    expect(await group.read(notes)).toEqual([]);
    await expect(failed).rejects.toThrow("no");
  });

  it("gives later works their turn when one waits for something foreign for too long", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const stuck = group.write(() => new Promise(() => note("stuck")));
    const outcome = expect(stuck).rejects.toThrow("await nothing foreign inside");
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(10_001);
    vi.useRealTimers();

    await outcome;
    await group.write(() => note("next"));

    expect(notes()).toEqual(["next"]);
  });

  it("refuses everybody in the group as retryable when the disk is full, and works again afterwards", async () => {
    await group.write(() => note("before"));
    const [{ page_count: pages = 0 } = {}] = connection.all<{ page_count: number }>("PRAGMA page_count");
    connection.script(`PRAGMA max_page_count = ${pages + 1}`);

    const ends = await Promise.allSettled(["small", "x".repeat(1_000_000), "small too"].map((text) => group.write(() => note(text))));
    connection.script("PRAGMA max_page_count = 1000000");
    await group.write(() => note("after"));

    const [first, full] = ends;
    expect(full).toMatchObject({ status: "rejected", reason: expect.any(ServiceError) });
    expect(full).toMatchObject({ reason: { retryable: true, service: "the database" } });
    // Whoever was told of success is there; whoever was not, is not.
    const kept = ends.filter(({ status }) => status === "fulfilled").length;
    expect(notes()).toHaveLength(kept + 2);
    expect(first?.status === "fulfilled").toBe(notes().includes("small"));
  });

  it("does what was to follow a commit only for works that were committed, and once", async () => {
    const ring = vi.fn();
    const failing = group.write(() => {
      group.afterCommit(ring);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(ring).not.toHaveBeenCalled();

    await group.write(() => {
      group.afterCommit(ring);
      group.afterCommit(ring);
    });

    expect(ring).toHaveBeenCalledOnce();
  });

  it("finishes what waits when it is closed, and refuses what comes later", async () => {
    const last = group.write(() => note("last"));

    await group.close();

    await expect(last).resolves.toBe(1);
    await expect(group.write(() => note("late"))).rejects.toThrow("The database is closed.");
  });
});
