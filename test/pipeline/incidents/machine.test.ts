import { describe, expect, it } from "vitest";
import { acknowledge, escalate, snooze, unacknowledge } from "../../../src/pipeline/incidents/act.ts";
import { attach, pass, resolveByHand } from "../../../src/pipeline/incidents/green.ts";
import type { Incident } from "../../../src/pipeline/incidents/incident.ts";
import { failAgain, open } from "../../../src/pipeline/incidents/red.ts";
import { nextDue, tick } from "../../../src/pipeline/incidents/tick.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import { ana, anIncident, aRed, aRun, ben, hourMs, minuteMs, start } from "./builders.ts";

const kinds = (change: { transitions: readonly { kind: string; reason: string }[] } | undefined) =>
  change?.transitions.map(({ kind, reason }) => `${kind} ${reason}`);

const owned = (): Incident => {
  const acted = acknowledge(anIncident(), ana, false, start, timings);
  if (acted.kind !== "changed") throw new Error(acted.kind);
  return acted.change.after;
};
const then = (change: { after: Incident } | undefined): Incident => {
  if (!change) throw new Error("nothing changed");
  return change.after;
};

describe("an incident's beginning", () => {
  it("is told at once on a protected branch, and after half a minute elsewhere", () => {
    const urgent = open(1, aRed(1), start, timings);
    const other = open(1, aRed(1, { isUrgent: false }), start, timings);

    expect(urgent.after.isTold).toBe(true);
    expect(other.after).toMatchObject({ isTold: false, due: { tellAt: start + 30_000 } });
    expect(tick(other.after, [], start + 29_999, timings)).toBeUndefined();
    expect(then(tick(other.after, [], start + 30_000, timings)).isTold).toBe(true);
  });

  it("is the old one again within a day after that was over", () => {
    expect(kinds(open(2, aRed(1, { follows: 1 }), start, timings))).toEqual(["reopened failed_again"]);
  });

  it("calls nobody where it is part of something that does", () => {
    const part = open(2, aRed(1, { outage: 1 }), start, timings);

    expect(kinds(part)).toEqual(["opened failed", "downgraded part_of_another"]);
    expect(part.after.due.escalateAt).toBeUndefined();
  });
});

describe("a further failure", () => {
  it("is counted, and says nothing new while the same jobs fail", () => {
    const again = failAgain(owned(), aRed(11), start, timings);

    expect(kinds(again)).toEqual([]);
    expect(again.after).toMatchObject({ redCount: 2, state: "acknowledged", lastRed: { number: 11 } });
  });

  it("takes it from its owner when another job fails", () => {
    const again = failAgain(owned(), aRed(11, { jobs: ["lint", "test"] }), start + hourMs, timings);

    expect(kinds(again)).toEqual(["set_changed more_jobs", "unacknowledged more_jobs"]);
    expect(again.transitions[0]?.newJobs).toEqual(["lint"]);
    expect(again.after).toMatchObject({ state: "open", due: { escalateAt: start + hourMs + timings.escalateMs } });
    expect(again.after.owner).toBeUndefined();
  });

  it("leaves it with its owner when fewer jobs fail", () => {
    const both = anIncident({ jobs: ["lint", "test"] });
    const acted = acknowledge(both, ana, false, start, timings);
    if (acted.kind !== "changed") throw new Error(acted.kind);

    const again = failAgain(acted.change.after, aRed(11), start, timings);

    expect(kinds(again)).toEqual(["set_changed fewer_jobs"]);
    expect(again.after.owner?.person).toEqual(ana);
  });

  it("that began before what is known moves only the beginning", () => {
    const late = failAgain(anIncident(), aRed(8, { jobs: ["lint"] }), start, timings);

    expect(kinds(late)).toEqual([]);
    expect(late.after).toMatchObject({ firstRed: { number: 8 }, lastRed: { number: 10 }, jobs: ["test"], redCount: 2 });
  });
});

describe("a run that passes", () => {
  it("is a fix on a newer commit, and a flake on the same", () => {
    expect(kinds(pass(anIncident(), aRun(11), 1, start))).toEqual(["recovered fixed"]);
    expect(kinds(pass(anIncident(), aRun(10, { attempt: 2 }), 1, start))).toEqual(["recovered flake"]);
  });

  it("is neither on the last of several commits that failed", () => {
    const two = failAgain(anIncident(), aRed(11), start, timings).after;

    expect(kinds(pass(two, aRun(11, { attempt: 2 }), 1, start))).toEqual(["recovered unknown"]);
  });

  it("says nothing when it began before the newest failure", () => {
    expect(pass(anIncident(), aRun(9), 1, start)).toBeUndefined();
    expect(pass(anIncident(), aRun(10), 1, start)).toBeUndefined();
  });

  it("has to come twice within half an hour where it flipped three times in a day", () => {
    const once = pass(anIncident(), aRun(11), 3, start);
    const late = pass(then(once), aRun(12, { at: aRun(11).at + 31 * minuteMs }), 3, start);
    const twice = pass(then(once), aRun(12), 3, start);

    expect(kinds(once)).toEqual([]);
    expect(then(late).state).toBe("open");
    expect(kinds(twice)).toEqual(["recovered fixed"]);
  });

  it("tells another pull request's pass in the merge queue from a fix", () => {
    const subject = {
      kind: "pipeline",
      repository: "acme/shop",
      workflowId: 1,
      workflow: "CI",
      branch: "main",
      trigger: "merge_queue",
    } as const;
    const queued = anIncident({ subject, run: aRun(10, { pullRequest: 7 }) });

    expect(kinds(pass(queued, aRun(11, { pullRequest: 8 }), 1, start))).toEqual(["recovered unknown"]);
    expect(kinds(pass(queued, aRun(11, { pullRequest: 7 }), 1, start))).toEqual(["recovered fixed"]);
  });

  it("attaches to what somebody closed by hand, once, and is not told", () => {
    const closed = resolveByHand(anIncident(), ana, start).after;

    const attached = attach(closed, aRun(11), start);

    expect(attached?.transitions).toEqual([]);
    expect(attach(then(attached), aRun(12), start)).toBeUndefined();
    expect(attach(closed, aRun(9), start)).toBeUndefined();
  });
});

describe("who has it", () => {
  it("is the first who takes it, until somebody takes it over", () => {
    const second = acknowledge(owned(), ben, false, start + 1, timings);
    const over = acknowledge(owned(), ben, true, start + 1, timings);

    expect(second).toMatchObject({ kind: "taken", owner: { person: ana, since: start } });
    expect(over.kind === "changed" && kinds(over.change)).toEqual(["acknowledged taken_over"]);
    expect(over).toMatchObject({ change: { transitions: [{ from: ana, by: ben }] } });
  });

  it("changes nothing when it is over", () => {
    const closed = resolveByHand(anIncident(), ana, start).after;

    expect(acknowledge(closed, ben, true, start, timings)).toEqual({ kind: "over" });
    expect(unacknowledge(closed, ben, start, timings)).toEqual({ kind: "over" });
    expect(snooze(closed, ben, start + hourMs, start)).toEqual({ kind: "over" });
    expect(escalate(closed, ben, [], start, timings)).toEqual({ kind: "over" });
  });

  it("is asked after an hour, and loses it half an hour later without an answer", () => {
    const asked = tick(owned(), [], start + hourMs, timings);
    const lost = tick(then(asked), [], start + hourMs + 30 * minuteMs, timings);

    expect(kinds(asked)).toEqual(["reminded owner"]);
    expect(kinds(lost)).toEqual(["unacknowledged no_answer"]);
    expect(then(lost)).toMatchObject({ state: "open", due: { escalateAt: start + hourMs + 45 * minuteMs } });
  });

  it("is asked an hour after the last answer", () => {
    const asked = then(tick(owned(), [], start + hourMs, timings));
    const answered = acknowledge(asked, ana, false, start + hourMs + minuteMs, timings);

    expect(answered).toMatchObject({ kind: "confirmed", change: { transitions: [] } });
    expect("change" in answered && answered.change.after.due).toMatchObject({ remindAt: start + 2 * hourMs + minuteMs });
  });
});

describe("what nobody takes", () => {
  it("is escalated after a quarter of an hour, twice", () => {
    const called = [{ name: "cara", slackUser: "U3" }];
    const first = tick(anIncident(), called, start + 15 * minuteMs, timings);
    const second = tick(then(first), [], start + 30 * minuteMs, timings);

    expect(first?.transitions).toMatchObject([{ kind: "escalated", reason: "unowned", called }]);
    expect(kinds(second)).toEqual(["escalated still_unowned"]);
    expect(then(second).due.escalateAt).toBeUndefined();
  });

  it("waits while it is snoozed, and begins anew afterwards", () => {
    const snoozed = snooze(anIncident(), ana, start + hourMs, start);
    if (snoozed.kind !== "changed") throw new Error(snoozed.kind);
    const { after: quiet } = snoozed.change;
    const woken = tick(quiet, [], start + hourMs, timings);

    expect(nextDue(quiet)).toBe(start + hourMs);
    expect(kinds(woken)).toEqual(["reminded snooze_over"]);
    expect(then(woken).due.escalateAt).toBe(start + hourMs + 15 * minuteMs);
  });

  it("is snoozed no more when somebody calls people, and its owner is asked again", () => {
    const snoozed = snooze(owned(), ana, "fixed", start);
    if (snoozed.kind !== "changed") throw new Error(snoozed.kind);

    const called = escalate(snoozed.change.after, ben, [], start, timings);

    if (called.kind !== "changed") throw new Error(called.kind);
    expect(called.change.after.snooze).toBeUndefined();
    expect(called.change.after.due).toEqual({ remindAt: start + hourMs, stillBrokenAt: start + timings.stillBrokenMs });
  });

  it("is escalated by itself where it is part of something only there, whoever called people for it", () => {
    const part = open(2, aRed(1, { outage: 1 }), start, timings).after;

    const called = escalate(part, ben, [], start, timings);

    expect(called.kind === "changed" && called.change.after.due.escalateAt).toBeUndefined();
  });

  it("is not hidden by a snooze when another job fails", () => {
    const snoozed = snooze(anIncident(), ana, "fixed", start);
    if (snoozed.kind !== "changed") throw new Error(snoozed.kind);

    const again = failAgain(snoozed.change.after, aRed(11, { jobs: ["lint", "test"] }), start, timings);

    expect(again.after.snooze).toBeUndefined();
    expect(again.after.due.escalateAt).toBe(start + timings.escalateMs);
  });

  it("is said to be red still once a day", () => {
    const day = then(tick(then(tick(anIncident(), [], start + 15 * minuteMs, timings)), [], start + 30 * minuteMs, timings));

    expect(kinds(tick(day, [], start + 24 * hourMs, timings))).toEqual(["reminded still_broken"]);
  });
});
