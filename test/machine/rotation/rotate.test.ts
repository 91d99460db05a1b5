import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hookLogFolder } from "../../../src/hooks/log/hook-log.ts";
import { archiveActivities } from "../../../src/machine/rotation/archive-activities.ts";
import { rotate } from "../../../src/machine/rotation/rotate.ts";
import { statusLogFolder } from "../../../src/machine/status-log/write.ts";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import { aCheckout, type Checkout } from "../../hooks/a-checkout.ts";
import { aContext } from "../../hooks/a-context.ts";

const now = Date.parse("2026-11-23T12:00:00Z");
const daysAgo = (days: number) => now - days * 24 * 60 * 60_000;

let checkout: Checkout;
let context: ReturnType<typeof aContext>;
let journal: Journal;

beforeEach(() => {
  checkout = aCheckout();
  context = aContext(checkout);
  journal = context.journal();
});

afterEach(() => {
  context[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

const note = (id: string, at: number) => journal.statusLog.add([{ id, at, kind: "note", text: `note ${id}` }]);

const rotateNow = (given: { isTried?: boolean } = {}) => {
  const { place, settings } = context;
  return rotate(journal, { place, settings, hookLogs: hookLogFolder(checkout.path), plan: undefined, now, ...given });
};

const archive = () => join(statusLogFolder(context.place, context.settings), "archive");

const archived = (month: string): string[] =>
  readFileSync(join(archive(), `pipeline-log-${month}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).id);

describe("rotating the status log", () => {
  it("moves what is older than 30 days into a file for each month", () => {
    note("september", Date.parse("2026-09-30T23:59:59Z"));
    note("october", Date.parse("2026-10-01T00:00:00Z"));
    note("recent", daysAgo(29));

    const { activities } = rotateNow();

    expect(activities.map((one) => one.activities)).toEqual([1, 1]);
    expect({ september: archived("202609"), october: archived("202610") }).toEqual({ september: ["september"], october: ["october"] });
    expect(journal.statusLog.latest(10).map(({ id }) => id)).toEqual(["recent"]);
  });

  it("adds to a month's file, and changes nothing the second time", () => {
    note("first", daysAgo(40));
    rotateNow();
    note("second", daysAgo(40));

    rotateNow();

    expect(archived("202610")).toEqual(["first", "second"]);
    expect(rotateNow().activities).toEqual([]);
    expect(archived("202610")).toEqual(["first", "second"]);
  });

  it("neither loses nor doubles anything when it was killed between the file and the journal", () => {
    note("old", daysAgo(40));
    const killed: Journal = {
      ...journal,
      statusLog: {
        ...journal.statusLog,
        remove() {
          throw new Error("killed");
        },
      },
    };
    const folder = statusLogFolder(context.place, context.settings);
    expect(() => archiveActivities(folder, killed, now)).toThrow("killed");
    expect(journal.statusLog.count()).toBe(1);

    rotateNow();

    expect(archived("202610")).toEqual(["old"]);
    expect(journal.statusLog.count()).toBe(0);
  });

  it("only says what it would move when it is tried", () => {
    note("old", daysAgo(40));

    expect(rotateNow({ isTried: true }).activities).toMatchObject([{ activities: 1 }]);

    expect(existsSync(archive())).toBe(false);
    expect(journal.statusLog.count()).toBe(1);
  });
});

describe("rotating the hook log", () => {
  const log = (name: string, text: string) => {
    mkdirSync(hookLogFolder(checkout.path), { recursive: true });
    writeFileSync(join(hookLogFolder(checkout.path), name), text);
  };
  const inArchive = (name: string) => gunzipSync(readFileSync(join(hookLogFolder(checkout.path), "archive", `${name}.gz`))).toString();

  it("gzips the files of days that are over for more than 30 days, and leaves everything else", () => {
    log("2026-10-23.jsonl", '{"day":23}\n');
    log("2026-10-24.jsonl", '{"day":24}\n');
    log("of-somebody-else.jsonl", "{}\n");

    expect(rotateNow().hookLogs).toEqual(["2026-10-23.jsonl"]);

    expect(inArchive("2026-10-23.jsonl")).toBe('{"day":23}\n');
    expect(readdirSync(hookLogFolder(checkout.path)).sort()).toEqual(["2026-10-24.jsonl", "archive", "of-somebody-else.jsonl"]);
  });

  it("goes on where it was killed before it could remove the file", () => {
    log("2026-10-01.jsonl", "{}\n");
    rotateNow();
    log("2026-10-01.jsonl", "{}\n");

    rotateNow();

    expect(inArchive("2026-10-01.jsonl")).toBe("{}\n");
    expect(readdirSync(hookLogFolder(checkout.path))).toEqual(["archive"]);
  });

  it("keeps what was archived of a day when there is more of it", () => {
    log("2026-10-01.jsonl", '{"is":"first"}\n');
    rotateNow();
    log("2026-10-01.jsonl", '{"is":"second"}\n');

    rotateNow();

    expect(inArchive("2026-10-01.jsonl")).toBe('{"is":"first"}\n{"is":"second"}\n');
  });
});
