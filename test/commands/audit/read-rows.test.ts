import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRows } from "../../../src/commands/audit/read-rows.ts";
import { done, text } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

let state: EmbeddedState;
beforeAll(async () => {
  state = await openEmbedded({ file: ":memory:" });
  await rowsOf("o/many", 1_200, "status");
  await rowsOf("o/long", 1_200, `status ${"x".repeat(5_000)}`);
});
afterAll(() => state.close());

const rowsOf = (repository: string, count: number, typed: string) =>
  state.records.transaction(async ({ audit }) => {
    const who = { surface: "github", actor: "github:1", actorName: "ada" } as const;
    const ended = { endedAt: 1, durationMs: 1, outcome: "done", reason: "shown", reply: done("shown", text("hi")) } as const;
    for (let at = 0; at < count; at++)
      await audit.append({ ...who, ...ended, intent: `${repository}:${at}`, command: "status", text: typed, repository });
  });

describe("the rows of an export", () => {
  it("are read to the limit, over as many pages as it takes", async () => {
    const all = await readRows({ repository: "o/many" }, { limit: 10_000 }, state.records);
    const some = await readRows({ repository: "o/many" }, { limit: 700 }, state.records);

    expect(all.rows.map(({ intent }) => intent)).toEqual(Array.from({ length: 1_200 }, (_, index) => `o/many:${1_199 - index}`));
    expect(all.more).toBe(0);
    expect(some.rows).toEqual(all.rows.slice(0, 700));
    expect(some.more).toBe(500);
  });

  it("go on behind a row", async () => {
    const [first, ...others] = (await readRows({ repository: "o/many" }, { limit: 10 }, state.records)).rows;
    const next = await readRows({ repository: "o/many" }, { limit: 9, before: first?.id ?? 0 }, state.records);

    expect(next.rows).toEqual(others);
  });

  it("are not read beyond what a file holds", async () => {
    const { rows, more } = await readRows({ repository: "o/long" }, { limit: 10_000 }, state.records);

    expect(rows.length + more).toBe(1_200);
    expect(rows.length).toBeLessThan(1_200);
  });
});
