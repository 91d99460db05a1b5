import { appendFileSync, cpSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { array, assert, asyncProperty, boolean, integer, record } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Destination } from "../../../src/pipeline/usage/import/destination.ts";
import { readImportMarks } from "../../../src/state/embedded/import-marks.ts";
import { openImports } from "../../../src/state/embedded/open-imports.ts";
import { anEntry } from "../../contracts/ledger.ts";
import { aRow, aStage } from "./stage.ts";

const captured = join(import.meta.dirname, "captured");

describe("an import of transcripts", () => {
  let stage: ReturnType<typeof aStage>;
  beforeEach(() => {
    stage = aStage();
  });
  afterEach(() => stage.remove());

  const mustNotOpen = async (): Promise<Destination> => {
    throw new Error("It was opened.");
  };

  it("records each request once: streamed, resumed, of a sub-agent, without a requestId, beside a broken line", async () => {
    const tally = await stage.import({ from: captured });

    expect(tally).toMatchObject({ files: 3, filesRead: 3, requests: { recorded: 6, copies: 3, amended: 0, known: 0 }, brokenLines: 1 });
    expect(tally.firstBroken).toMatch(/11111111-2222-4333-8444-555555555555\.jsonl:10: it is no JSON object$/);
    expect((await stage.ledger()).map((line) => line.split(" ").toSpliced(1, 1).slice(0, 8).join(" "))).toEqual([
      "claude-haiku-4-5-20251001 ada 2026-11-21 2 200 6000 4000 0",
      "claude-opus-4-5-20251101 ada 2026-11-20 1 100 3000 2000 0",
      "claude-sonnet-4-5-20250929 ada 2026-11-20 1 100 3000 2000 0",
      "claude-sonnet-4-5-20250929 ada 2026-11-21 1 100 3000 2000 0",
      "totally-unknown-model ada 2026-11-21 1 100 3000 2000 0",
    ]);
  });

  it("changes nothing when it is done again, and opens nothing either", async () => {
    await stage.import({ from: captured });
    const before = await stage.ledger();

    const again = await stage.import({ from: captured, place: { open: mustNotOpen } });

    expect(again).toMatchObject({ files: 3, filesRead: 0, requests: { recorded: 0 }, brokenLines: 0 });
    expect(await stage.ledger()).toEqual(before);
  });

  it("changes nothing when it reads everything anew", async () => {
    await stage.import({ from: captured });
    const before = await stage.ledger();

    const again = await stage.import({ from: captured, place: { marks: async () => new Map() } });

    expect(again).toMatchObject({ filesRead: 3, requests: { recorded: 0, amended: 0, known: 6 } });
    expect(await stage.ledger()).toEqual(before);
  });

  it("writes nothing at all when it is dry", async () => {
    cpSync(captured, stage.path("claude"), { recursive: true });

    const tally = await stage.dryRun();

    expect(tally).toMatchObject({ requests: { recorded: 6, copies: 3 }, brokenLines: 1 });
    expect(readImportMarks(stage.stateFile, "").size).toBe(0);
  });

  it("comes to the same ledger however the files grew, and however often it was done on the way", async () => {
    const rows = array(
      record({
        id: integer({ min: 1, max: 6 }),
        session: integer({ min: 1, max: 2 }),
        out: integer({ min: 0, max: 3 }),
        isLong: boolean(),
      }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    const growth = array(record({ isFirst: boolean(), bytes: integer({ min: 1, max: 900 }), imports: integer({ min: 0, max: 2 }) }), {
      maxLength: 8,
    });

    await assert(
      asyncProperty(rows, rows, growth, async (one, other, steps) => {
        const [whole, grown] = [aStage(), aStage()];
        const files = [one, other].map((each) =>
          Buffer.from(
            each
              .map(({ id, session, out, isLong }, minute) =>
                aRow({ id: `msg_${id}`, session: `s${session}${isLong ? "x".repeat(60) : ""}`, out, minute }),
              )
              .join(""),
          ),
        );
        const written = [0, 0];
        const grow = (file: number, bytes: number) => {
          const content = files[file] as Buffer;
          const from = written[file] ?? 0;
          appendFileSync(grown.path(`${file}.jsonl`), content.subarray(from, from + bytes));
          written[file] = Math.min(content.length, from + bytes);
        };
        try {
          for (const [file, content] of files.entries()) writeFileSync(whole.path(`${file}.jsonl`), content);
          await whole.import();
          for (const { isFirst, bytes, imports } of steps) {
            grow(isFirst ? 0 : 1, bytes);
            for (let time = 0; time < imports; time += 1) await grown.import();
          }
          grow(1, Number.POSITIVE_INFINITY);
          grow(0, Number.POSITIVE_INFINITY);
          await grown.import();
          await grown.import();

          expect(await grown.ledger()).toEqual(await whole.ledger());
        } finally {
          whole.remove();
          grown.remove();
        }
      }),
      { numRuns: 8 },
    );
  });

  it("leaves a last line without an end for the next time", async () => {
    const row = aRow();
    writeFileSync(stage.path("a.jsonl"), row.slice(0, -1));

    const early = await stage.import();
    appendFileSync(stage.path("a.jsonl"), "\n");
    const late = await stage.import();

    expect(early.requests.recorded).toBe(0);
    expect(early.brokenLines).toBe(0);
    expect(late.requests.recorded).toBe(1);
  });

  it("reads on where it ended, and not what is before", async () => {
    writeFileSync(stage.path("a.jsonl"), aRow({ id: "msg_1" }).repeat(3));
    await stage.import();
    appendFileSync(stage.path("a.jsonl"), aRow({ id: "msg_2" }));

    const tally = await stage.import();

    expect(tally.requests).toMatchObject({ recorded: 1, known: 0, copies: 0 });
  });

  it.each([
    [
      "replaced by a longer one",
      (path: string) => writeFileSync(path, aRow({ id: "msg_9", session: "other" }) + aRow({ id: "msg_8" }).repeat(20)),
    ],
    ["replaced by one as long", (path: string) => writeFileSync(path, aRow({ id: "msg_9" }) + aRow({ id: "msg_8" }))],
    [
      "cut off and written anew",
      (path: string) => {
        truncateSync(path, 0);
        appendFileSync(path, aRow({ id: "msg_8" }));
        appendFileSync(path, aRow({ id: "msg_9" }).slice(0, -1));
        appendFileSync(path, "\n");
      },
    ],
  ])("reads a file from its beginning that was %s", async (_, change) => {
    writeFileSync(stage.path("a.jsonl"), aRow({ id: "msg_1" }) + aRow({ id: "msg_2" }));
    await stage.import();

    change(stage.path("a.jsonl"));
    const tally = await stage.import();

    expect(tally.requests.recorded).toBe(2);
    expect((await stage.ledger()).map((line) => Number(line.split(" ")[4])).reduce((sum, each) => sum + each, 0)).toBe(4);
  });

  it("goes on after an end in the middle, without losing or doubling anything", async () => {
    const rows = Array.from({ length: 1_200 }, (_, at) => aRow({ id: `msg_${at}`, session: `s${at % 3}`, minute: at % 60 }));
    writeFileSync(stage.path("a.jsonl"), rows.join(""));
    let taken = 0;
    const failing = async (): Promise<Destination> => {
      const destination = await stage.place.open();
      return {
        ...destination,
        take(usages, marks) {
          taken += 1;
          if (taken === 2) throw new Error("The power is gone.");
          return destination.take(usages, marks);
        },
      };
    };

    await expect(stage.import({ place: { open: failing } })).rejects.toThrow("The power is gone.");
    const rest = await stage.import();

    expect(rest.requests).toMatchObject({ recorded: 700, known: 0 });
    expect((await stage.ledger()).map((line) => Number(line.split(" ")[4])).reduce((sum, each) => sum + each, 0)).toBe(1_200);
  });

  it("skips a line that is longer than any request, and counts it", async () => {
    writeFileSync(stage.path("a.jsonl"), aRow({ id: "msg_1" }));
    appendFileSync(stage.path("a.jsonl"), `{"usage":"${"x".repeat(50_000_000)}"}\n`);
    appendFileSync(stage.path("a.jsonl"), aRow({ id: "msg_2" }));

    const tally = await stage.import();

    expect(tally).toMatchObject({ requests: { recorded: 2 }, tooLongLines: 1, brokenLines: 0 });
    expect(tally.firstBroken).toBe(`${stage.path("a.jsonl")}:2: it is longer than any request`);
  });

  it("goes past bytes that are no text, nesting without end and keys of the prototype", async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x0a, 0x7b, 0xc3, 0x28, 0x22, 0x75, 0x73, 0x61, 0x67, 0x65, 0x22, 0x7d, 0x0a]),
      Buffer.from(`{"usage"${":[".repeat(100_000)}}\n{"__proto__":{"usage":{"input_tokens":1}}}\n\n\r\n`),
      Buffer.from(aRow().replace("\n", "\r\n")),
    ]);
    writeFileSync(stage.path("a.jsonl"), bytes);

    expect(await stage.import()).toMatchObject({ requests: { recorded: 1 }, brokenLines: 3 });
  });

  it("tells of what it cannot read, and reads the rest", async () => {
    mkdirSync(stage.path("claude"));
    writeFileSync(stage.path("claude/a.jsonl"), aRow());
    const found = { files: [stage.path("gone.jsonl"), stage.folder, stage.path("claude/a.jsonl")], unreadable: [] };
    const { importLines } = await import("../../../src/cli/import/run.ts");
    const { transcriptReading } = await import("../../../src/machine/import/claude.ts");

    const tally = await importLines(found, transcriptReading({ basis: "metered", now: Date.now() }), stage.place);

    expect(tally.requests.recorded).toBe(1);
    expect(tally.unreadable).toEqual([`${stage.path("gone.jsonl")} (ENOENT)`, `${stage.folder} (no file)`]);
  });

  it("writes requests and how far it read together, or neither", async () => {
    const book = await openImports(stage.stateFile, "UTC");
    const broken = { path: "a", position: 1, fingerprint: "f", seen: null } as never;

    await expect(book.put([anEntry()], "", [broken])).rejects.toThrow();
    book.close();

    expect(await stage.ledger()).toEqual([]);
  });
});
