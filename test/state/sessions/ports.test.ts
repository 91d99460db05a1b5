import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { toCaptured } from "../../../src/pipeline/sessions/captured.ts";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import type { Session } from "../../../src/pipeline/sessions/sessions.ts";
import { noTokens, type Usage } from "../../../src/pipeline/usage/usage.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";

const opened: Journal[] = [];
const folders: string[] = [];

/** Two connections to one file, as two processes have them. */
function twoJournals(): readonly [Journal, Journal] {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-journal-"));
  folders.push(folder);
  const both = [openJournal(join(folder, "hooks.db")), openJournal(join(folder, "hooks.db"))] as const;
  opened.push(...both);
  return both;
}

afterEach(() => {
  for (const journal of opened.splice(0)) journal.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const aUsage = (id: string, changes: Partial<Usage> = {}): Usage => ({
  ...{ id, at: 1_000, provider: "anthropic", model: "claude-opus-4-5", service: "claude-code", basis: "metered", session: "s-1" },
  tokens: { ...noTokens, uncachedIn: 10, out: 5 },
  ...changes,
});

const aSession = (changes: Partial<Session> = {}): Omit<Session, "id"> => ({
  ...{ state: "open", beganAt: 1, startedAt: 1, seenAt: 1, version: "1.0.0", origin: {} },
  ...changes,
});

const aMark = (position: number) => ({ path: "/s.jsonl", position, fingerprint: `f${position}`, seen: `s${position}` });

describe("requests", () => {
  it("are new once, for whichever connection comes first", () => {
    const [one, other] = twoJournals();

    const fuller = [one, other].map((journal) => journal.requests.put("s-1", [toCaptured(aUsage("a"))]).length);

    expect(fuller).toEqual([1, 0]);
  });

  it("are kept as they were told most fully, in the session and for the prompt that were told first", () => {
    const [one, other] = twoJournals();
    one.requests.put("s-1", [toCaptured(aUsage("a"), "p-1")]);

    const fuller = other.requests.put("s-2", [
      toCaptured(aUsage("a", { tokens: { ...noTokens, uncachedIn: 10, out: 9 }, statedPico: 10n ** 17n }), "p-2"),
    ]);
    const less = other.requests.put("s-2", [toCaptured(aUsage("a", { tokens: { ...noTokens, out: 1 } }))]);

    expect([fuller.length, less.length]).toEqual([1, 0]);
    expect(one.requests.ofSession("s-1")).toMatchObject([{ prompt: "p-1", tokens: { out: 9 }, statedPico: 10n ** 17n }]);
    expect(one.requests.sessionOf("a")).toBe("s-1");
  });

  it("are the last before a moment unless a sub-agent made them", () => {
    const [journal] = twoJournals();
    journal.requests.put("s-1", [
      toCaptured(aUsage("a")),
      toCaptured(aUsage("b", { at: 2_000, isSidechain: true })),
      toCaptured(aUsage("c", { at: 3_000 })),
    ]);

    expect(journal.requests.lastBefore("s-1", 3_000)?.id).toBe("a");
  });

  it("are added up by model", () => {
    const [journal] = twoJournals();
    journal.requests.put("s-1", [
      toCaptured(aUsage("a")),
      toCaptured(aUsage("b", { at: 2_000 })),
      toCaptured(aUsage("anthropic:untold:s-1:m", { model: "m" })),
    ]);

    expect(journal.requests.byModel("s-1")).toHaveLength(2);
    expect(journal.requests.byModel("s-1", "told")).toEqual([
      { model: "claude-opus-4-5", requests: 2, lastAt: 2_000, tokens: { ...noTokens, uncachedIn: 20, out: 10 } },
    ]);
  });
});

describe("marks", () => {
  it("stay where another process has put them meanwhile", () => {
    const [one, other] = twoJournals();
    one.marks.move("s-1", undefined, aMark(10));
    other.marks.move("s-1", aMark(10), { ...aMark(30), prompt: "p-1" });

    one.marks.move("s-1", aMark(10), aMark(20));
    one.marks.move("s-1", undefined, aMark(5));

    expect(one.marks.of("/s.jsonl")).toEqual({ ...aMark(30), prompt: "p-1" });
  });

  it("go back where a file was replaced", () => {
    const [journal] = twoJournals();
    journal.marks.move("s-1", undefined, aMark(10));

    journal.marks.move("s-1", aMark(10), aMark(3));

    expect(journal.marks.of("/s.jsonl")?.position).toBe(3);
  });
});

describe("sessions", () => {
  it("lose no change of two connections", () => {
    const journals = twoJournals();

    for (let times = 0; times < 10; times += 1) {
      for (const { sessions } of journals) sessions.update("s-1", (before) => ({ ...aSession(before), seenAt: (before?.seenAt ?? 0) + 1 }));
    }

    expect(journals[0].sessions.find("s-1")?.seenAt).toBe(20);
  });

  it("are silent while they are open and nothing is heard of them", () => {
    const [journal] = twoJournals();
    journal.sessions.update("old", () => aSession({ seenAt: 1 }));
    journal.sessions.update("over", () => aSession({ seenAt: 1, state: "final" }));
    journal.sessions.update("alive", () => aSession({ seenAt: 9 }));

    expect(journal.sessions.silentSince(5, 10).map(({ id }) => id)).toEqual(["old"]);
    expect(journal.sessions.newest(1).map(({ id }) => id)).toEqual(["alive"]);
  });

  it("are forgotten with all that belongs to them, once they are over", () => {
    const [journal] = twoJournals();
    for (const [id, state] of [
      ["over", "final"],
      ["going on", "open"],
    ] as const) {
      journal.sessions.update(id, () => aSession({ state }));
      journal.requests.put(id, [toCaptured(aUsage(id))]);
      journal.prompts.put({ id, session: id, at: 1, characters: 1, estimatedTokens: 1, sha256: "" });
    }

    journal.sessions.forget(5);

    expect(journal.sessions.newest(10).map(({ id }) => id)).toEqual(["going on"]);
    expect(["over", "going on"].map((id) => [journal.requests.ofSession(id).length, journal.prompts.find(id)?.id])).toEqual([
      [0, undefined],
      [1, "going on"],
    ]);
  });
});

describe("prompts", () => {
  const prompt = { id: "p-1", session: "s-1", at: 1, characters: 5, estimatedTokens: 2, sha256: "a" };

  it("stay as they were told first, and wait until it is known what became of them", () => {
    const [one, other] = twoJournals();
    one.prompts.put(prompt);
    other.prompts.put({ ...prompt, characters: 9 });
    const waiting = other.prompts.waiting("s-1");

    other.prompts.use("p-1", { requests: 1, tokens: noTokens, addedTokens: 3 });

    expect(waiting).toEqual([prompt]);
    expect(one.prompts.waiting("s-1")).toEqual([]);
    expect(one.prompts.newest(5)).toEqual([{ ...prompt, used: { requests: 1, tokens: noTokens, addedTokens: 3 } }]);
  });
});
