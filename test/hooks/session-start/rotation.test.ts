import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { journalFileIn } from "../../../src/config/present.ts";
import { rotation } from "../../../src/hooks/session-start/rotation.ts";
import { toCaptured } from "../../../src/pipeline/sessions/captured.ts";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

/** Something of all that hooks write down, of a session that ended a moment ago. */
function workFor(id: string, journal: Journal, at: number): void {
  journal.sessions.update(id, () => ({ state: "final", beganAt: at, startedAt: at, seenAt: at, version: "1.0.0", origin: {} }));
  const usage = { id, at, provider: "anthropic", model: "m", service: "claude-code", basis: "metered", tokens: noTokens } as const;
  journal.requests.put(id, [toCaptured(usage)]);
  journal.marks.move(id, undefined, { path: `/${id}.jsonl`, position: 1, fingerprint: "f", seen: "s" });
  journal.prompts.put({ id, session: id, at, characters: 1, estimatedTokens: 1, sha256: "" });
  journal.failures.add({ key: id, command: id, commit: id, error: "", at });
  journal.backoff.take(id, "design request", at);
  journal.once.take(id, dayMs, at);
  journal.standings.keep(id, [], at);
  journal.issues.add(id, at);
  journal.phases.enter({ id, at, by: "ada" });
  journal.statusLog.add([{ id, at, kind: "note", text: id }]);
  journal.advice.add({ type: "request", id, at, channel: "o3", subject: "design", reason: "", details: "" });
  journal.spool.add([{ type: "session", id, at, state: "ended", version: "1.0.0" }], at);
  journal.spool.setAside(
    journal.spool.next(1).map((waiting) => ({ ...waiting, problem: "It is refused." })),
    at,
  );
  // As the end of a session does; what is refused anew is set aside again.
  journal.spool.tryAgain(at - dayMs, at);
}

function rowsIn(file: string): Readonly<Record<string, number>> {
  using database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), Number(database.prepare(`SELECT count(*) AS rows FROM "${name}"`).get()?.rows)]),
  );
}

const dayMs = 24 * 60 * 60_000;

describe("rotation", () => {
  it("rotates at most once a day", async () => {
    using checkout = aCheckout();
    let now = Date.parse("2026-11-23T12:00:00Z");
    using context = aContext(checkout, { now: () => now });
    const { statusLog } = context.journal();
    const start = () => rotation.run(aPayload("session-start"), context);
    await start();
    statusLog.add([{ id: "old", at: now - 31 * dayMs, kind: "note", text: "long ago" }]);

    await start();
    expect(statusLog.count()).toBe(1);

    now += dayMs;
    await start();
    expect(statusLog.count()).toBe(0);
    expect(context.notes).toEqual([{ message: "rotated", hookLogs: 0, activities: 1 }]);
  });

  it("leaves nothing in the journal that grows from month to month, but phases and counts of known issues", async () => {
    using checkout = aCheckout();
    let now = Date.parse("2026-06-01T12:00:00Z");
    using context = aContext(checkout, { now: () => now });

    for (const id of ["june", "july", "august", "september"]) {
      workFor(id, context.journal(), now);
      await rotation.run(aPayload("session-start"), context);
      now += 31 * dayMs;
    }

    expect(rowsIn(journalFileIn(context.place.dataDir))).toEqual({
      ...{ activity: 1, command_failure: 1, commit_tries: 1, once: 2, prompts: 1, requests: 1, sessions: 1, spool: 1, spool_state: 1 },
      ...{ standings: 1, transcript_marks: 1 },
      // The newest thousand; the others grow by what people write.
      ...{ advice_request: 4, issue_sighting: 4, phase_entered: 4 },
    });
  });

  it("tries again with the next session when it could not", async () => {
    using checkout = aCheckout();
    checkout.write(".nextrust/ci-status", "a file where a folder has to be");
    using context = aContext(checkout);
    context.journal().statusLog.add([{ id: "old", at: 0, kind: "note", text: "long ago" }]);
    const start = async () => rotation.run(aPayload("session-start"), context);

    await expect(start()).rejects.toThrow();
    await expect(start()).rejects.toThrow();

    expect(context.journal().statusLog.count()).toBe(1);
  });
});
