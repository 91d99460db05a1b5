import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Diagnosis } from "../../../../src/pipeline/failures/diagnosis.ts";
import { acknowledge } from "../../../../src/pipeline/incidents/act.ts";
import { addDigests, digestTask } from "../../../../src/pipeline/incidents/digest/on-digest.ts";
import { actOnIncident } from "../../../../src/pipeline/incidents/on-incident.ts";
import { timings } from "../../../../src/pipeline/incidents/timings.ts";
import type { FinishedRun } from "../../../../src/pipeline/policy/finished-run.ts";
import { done, type Part } from "../../../../src/reply.ts";
import { aFinishedRun } from "../../policy/a-finished-run.ts";
import { ana, hourMs, minuteMs } from "../builders.ts";
import { type Following, startFollowing } from "../following.ts";

let following: Following;
afterEach(() => following?.close());

const dayMs = 24 * hourMs;
const berlin = { digest: { at: "09:00", zone: "Europe/Berlin" } };
const at = (moment: string): number => Date.parse(moment);
const green = { conclusion: "success" } as const;
const broken = [{ name: "test", log: "error[E0308]: mismatched types\n" }];
const repository = "acme/shop";

const onMain = (number: number, changes: Partial<FinishedRun> = {}) =>
  aFinishedRun({ runId: number, number, headSha: `${number}`.padStart(40, "a"), defaultBranch: "main", ...changes });

/** What the bot does every ten minutes, but every hour. */
async function sweepUntil(end: number, everyMs = hourMs): Promise<void> {
  for (;;) {
    await sweep();
    if (following.now >= end) return;
    await following.until(Math.min(following.now + everyMs, end));
  }
}

async function sweep(): Promise<void> {
  const { records, services, now } = following;
  await records.transaction((tx) => addDigests(tx, services.policies, now));
  await following.until(now);
}

const acknowledgeFirst = () =>
  actOnIncident(
    { number: 1, repository },
    (before, now) => acknowledge(before, ana, false, now, timings),
    async () => done("acknowledged"),
    following.services,
  );

const digests = () => following.messages().filter(({ key }) => key.startsWith(`${digestTask}:`));
const daysTold = () => digests().map(({ key }) => key.slice(-"2026-01-01".length));

const wordsOf = (part: Part): readonly string[] => {
  if (part.kind === "text") return [part.text];
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${JSON.stringify(value)}`);
  return part.kind === "table" ? part.rows.map(({ cells }) => JSON.stringify(cells)) : [];
};
const lastWords = (): readonly string[] => digests().at(-1)?.answers[0]?.reply.parts.flatMap(wordsOf) ?? [];

async function beFlaky(job: string, times: number, when: number): Promise<void> {
  for (let run = 1; run <= times; run++) {
    const runId = run + 100 * job.charCodeAt(0);
    const failed = { jobId: runId, name: job, url: "https://github.test/jobs/1", failedTests: [], moreFailedTests: 0 };
    const diagnosis: Diagnosis = {
      ...{ repository, runId, attempt: 1, headSha: "a".repeat(40), verdict: "flaky", evidence: [], moreJobs: 0 },
      ...{ jobs: [failed], at: when + run },
    };
    await following.records.transaction(({ diagnoses }) => diagnoses.put(diagnosis, "branch:main"));
  }
}

describe("a channel's digest", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", "07:00"],
    ["Europe/Berlin", "2026-10-25", "08:00"],
    ["America/New_York", "2026-03-08", "13:00"],
    ["America/New_York", "2026-11-01", "14:00"],
  ])("is told at 09:00 in %s on %s, when the clocks change", async (zone, day, inUtc) => {
    const midnight = at(`${day}T00:00:00Z`);
    following = await startFollowing({ at: midnight - 12 * hourMs, policy: { digest: { at: "09:00", zone } } });
    await following.end(onMain(5), broken);

    await sweepUntil(midnight);
    const due = at(`${day}T${inUtc}:00Z`);
    await sweepUntil(due - 1);
    const before = daysTold();
    await sweepUntil(due);

    expect(before).not.toContain(day);
    expect(daysTold().at(-1)).toBe(day);
  });

  it("is one message each local day, whatever restarts, sweeps and works twice meanwhile", async () => {
    const zones = ["Europe/Berlin", "America/New_York"] as const;
    const edge = fc.constantFrom("2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01");
    const pause = fc.record({ minutes: fc.integer({ min: 10, max: 150 }), restarts: fc.nat(9).map((one) => one === 0) });
    const pauses = fc.array(pause, { minLength: 30, maxLength: 40 });
    const folder = await mkdtemp(join(tmpdir(), "digest-"));
    let runs = 0;

    const rule = fc.asyncProperty(fc.constantFrom(...zones), edge, pauses, async (zone, edge, pauses) => {
      const begin = at(`${edge}T00:00:00Z`) - dayMs;
      runs += 1;
      const file = join(folder, `${runs}.db`);
      following = await startFollowing({ at: begin, policy: { digest: { at: "09:00", zone } }, file });
      try {
        await following.end(onMain(5), broken);
        for (const { minutes, restarts } of pauses) {
          if (restarts) following = await following.restart();
          following.now += minutes * minuteMs;
          await sweep();
          const { now } = following;
          const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
          const from = today.toZonedDateTime({ timeZone: zone, plainTime: "09:00" }).epochMilliseconds;
          await following.add({ id: `again:${now}`, task: digestTask, payload: { channel: "C1", from } });
        }

        const first = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO(zone);
        const due = Array.from({ length: 6 }, (_, index) =>
          first.toPlainDate().add({ days: index }).toZonedDateTime({ timeZone: zone, plainTime: "09:00" }),
        ).filter(({ epochMilliseconds }) => begin < epochMilliseconds && epochMilliseconds <= following.now);
        expect(daysTold()).toEqual(due.map((moment) => moment.toPlainDate().toString()));
        for (const { key } of digests()) expect(following.versions().get(key)).toBe(1);
      } finally {
        await following.close();
      }
    });
    try {
      await fc.assert(rule, { numRuns: 6 });
    } finally {
      await rm(folder, { recursive: true });
      following = await startFollowing({ at: 0 });
    }
  });

  it("is silent where nothing is red, and nothing happened since the last one", async () => {
    following = await startFollowing({ at: at("2026-11-02T12:00:00Z"), policy: berlin });
    await following.end(onMain(5), broken);
    await following.end(onMain(6, green));
    await beFlaky("slow", 2, following.now);

    await sweepUntil(at("2026-11-09T09:00:00Z"));

    expect(daysTold()).toEqual(["2026-11-03"]);
  });

  it("comes every day while something is red, says whose it is, and says in between what became of the rest", async () => {
    following = await startFollowing({ at: at("2026-11-02T12:00:00Z"), policy: berlin });
    await following.end(onMain(5), broken);
    await following.end(onMain(5, { workflow: "Docs", workflowId: 2, runId: 50 }), broken);
    await following.until(following.now + 20 * minuteMs);
    await acknowledgeFirst();
    // Overnight it was nobody's again.
    await sweepUntil(at("2026-11-03T07:30:00Z"));
    await acknowledgeFirst();
    await sweepUntil(at("2026-11-03T08:00:00Z"));

    expect(lastWords()).toEqual([
      "CI today: 2 still red, nobody has 1",
      expect.stringMatching(/i2 Docs on main.*"nobody has it"/),
      expect.stringMatching(/i1 CI on main.*"ana has it"/),
      'Not acknowledged: "1 (i2)"',
      'Opened: "2 (i2, i1)"',
      'Resolved: "none"',
      expect.stringContaining("Both since"),
      'Time to acknowledge, 7 days: "p50 20 min, p90 20 min (nearest rank, of 1; nobody acknowledged 1 of 2)"',
    ]);

    await following.end(onMain(6, green));
    await sweepUntil(at("2026-11-04T08:00:00Z"));

    expect(lastWords()).toEqual(expect.arrayContaining(['Opened: "none"', 'Resolved: "1 (i1)"', 'Not acknowledged: "1 (i2)"']));
  });

  it("names the five jobs that were flaky most often in the last seven days", async () => {
    const due = at("2026-11-09T08:00:00Z");
    following = await startFollowing({ at: due - hourMs, policy: berlin });
    for (const [index, job] of ["a", "b", "c", "d", "e", "f"].entries()) await beFlaky(job, index + 1, due - 2 * hourMs);
    await beFlaky("long ago", 9, due - 8 * dayMs);

    await sweepUntil(due);

    const jobs = lastWords().flatMap((words) => /^\["(\w.*?)","(.*?)"/.exec(words)?.slice(1).join(" ") ?? []);
    expect(jobs).toEqual(["f 6 times", "e 5 times", "d 4 times", "c 3 times", "b 2 times"]);
    expect(lastWords()[0]).toBe("CI today: nothing is red");
  });

  it("tells a channel of its own repositories alone, and of nothing that nobody was told of", async () => {
    following = await startFollowing({ at: at("2026-11-02T07:30:00Z"), followed: { channel: "C2" }, policy: berlin });
    await following.end(onMain(5), broken);
    await sweepUntil(at("2026-11-02T09:00:00Z"));
    expect(digests()).toEqual([]);
    await following.close();

    following = await startFollowing({ at: at("2026-11-02T07:59:50Z"), policy: berlin });
    await following.end(onMain(5, { event: "schedule" }), broken);
    await sweepUntil(at("2026-11-02T08:00:00Z"));
    expect(digests()).toEqual([]);
  });

  it.each([
    ["an hour", "2026-11-02T09:00:00Z", ["2026-11-02"]],
    ["three hours", "2026-11-02T11:00:00Z", ["2026-11-02"]],
    ["more than three hours", "2026-11-02T11:00:01Z", []],
  ])("comes late after a bot was away for %s, or waits for the next day", async (_, back, expected) => {
    following = await startFollowing({ at: at("2026-11-02T07:00:00Z"), policy: berlin });
    await following.end(onMain(5), broken);
    await sweep();

    following.now = at(back);
    await following.until(following.now);
    await sweep();
    expect(daysTold()).toEqual(expected);

    await sweepUntil(at("2026-11-03T08:00:00Z"));
    expect(daysTold()).toEqual([...expected, "2026-11-03"]);
  });

  it("comes late from a bot that was not there before, too", async () => {
    following = await startFollowing({ at: at("2026-11-02T09:00:00Z"), policy: berlin });
    await following.end(onMain(5), broken);

    await sweep();

    expect(daysTold()).toEqual(["2026-11-02"]);
  });

  it("waits for the end of the quiet hours, however long they are", async () => {
    const quietHours = [{ from: "20:00", to: "13:30", zone: "Europe/Berlin" }];
    following = await startFollowing({ at: at("2026-11-02T07:00:00Z"), policy: { ...berlin, quietHours } });
    await following.end(onMain(5), broken);

    await sweepUntil(at("2026-11-02T12:29:00Z"));
    const during = daysTold();
    await following.until(at("2026-11-02T12:30:00Z"));

    expect(during).toEqual([]);
    expect(daysTold()).toEqual(["2026-11-02"]);
  });

  it("waits for no quiet hours that began when it was too late for it", async () => {
    const quietHours = [{ from: "18:00", to: "08:00", zone: "Europe/Berlin" }];
    following = await startFollowing({ at: at("2026-11-02T07:30:00Z"), policy: { ...berlin, quietHours } });
    await following.end(onMain(5), broken);
    await sweep();

    following.now = at("2026-11-02T18:00:00Z");
    await sweepUntil(at("2026-11-03T07:30:00Z"));
    expect(daysTold()).toEqual([]);
  });

  it("is told once after a quiet weekend: the newest says it all", async () => {
    const days = ["sat", "sun"] as const;
    const quietHours = [{ from: "00:00", to: "24:00", zone: "Europe/Berlin", days }];
    following = await startFollowing({ at: at("2026-11-06T07:00:00Z"), policy: { ...berlin, quietHours } });
    await following.end(onMain(5), broken);

    await sweepUntil(at("2026-11-09T12:00:00Z"));

    // Sunday's waits until midnight.
    expect(daysTold()).toEqual(["2026-11-06", "2026-11-08", "2026-11-09"]);
  });
});
