import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledge, escalate, snooze, unacknowledge } from "../../../src/pipeline/incidents/act.ts";
import { resolveByHand } from "../../../src/pipeline/incidents/green.ts";
import { keep, Overtaken, toTick } from "../../../src/pipeline/incidents/keep.ts";
import { createTick } from "../../../src/pipeline/incidents/on-tick.ts";
import { nextDue } from "../../../src/pipeline/incidents/tick.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { aPerson, minuteMs, start } from "./builders.ts";
import { type Following, startFollowing } from "./following.ts";

type Step =
  | { readonly kind: "ends"; readonly number: number; readonly attempt: number; readonly isRed: boolean; readonly jobs: readonly string[] }
  | { readonly kind: "clicks"; readonly who: string; readonly what: "ack" | "take over" | "unack" | "snooze" | "escalate" | "resolve" }
  | { readonly kind: "passes"; readonly minutes: number }
  | { readonly kind: "timer comes early and twice" | "restarts" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("ends" as const),
      number: fc.integer({ min: 1, max: 6 }),
      attempt: fc.integer({ min: 1, max: 2 }),
      isRed: fc.boolean(),
      jobs: fc.constantFrom(["test"], ["lint"], ["lint", "test"]),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("clicks" as const),
      who: fc.constantFrom("ana", "ben"),
      what: fc.constantFrom("ack", "take over", "unack", "snooze", "escalate", "resolve"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("passes" as const), minutes: fc.constantFrom(1, 10, 20, 45, 120) }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: "timer comes early and twice" as const }, { kind: "restarts" as const }) },
);

/**
 * What should be so, said as simply as it can be: which attempt was heard and how it ended, whose the incident is, and how many began. It
 * knows nothing of versions, timers, messages or storage.
 */
class Model {
  readonly ends = new Map<string, { order: number; isRed: boolean; number: number; jobs: readonly string[] }>();
  begun = 0;
  openSince: { reds: number[]; last: number; jobs: readonly string[]; owner?: string; snoozed: boolean; greens: number } | undefined;

  end({ number, attempt, isRed, jobs }: Extract<Step, { kind: "ends" }>, isFlipping: boolean): void {
    const order = number * 10 + attempt;
    const name = `${number}/${attempt}`;
    if (this.ends.has(name)) return;
    const newest = Math.max(0, ...[...this.ends.values()].map((end) => end.order));
    this.ends.set(name, { order, isRed, number, jobs });
    const { openSince } = this;
    if (!isRed) {
      if (!openSince || order <= openSince.last) return;
      openSince.greens += 1;
      if (!isFlipping || openSince.greens >= 2) this.openSince = undefined;
      return;
    }
    if (!openSince) {
      if (order < newest) return;
      this.begun += 1;
      this.openSince = { reds: [order], last: order, jobs, snoozed: false, greens: 0 };
      return;
    }
    openSince.reds.push(order);
    if (order < openSince.last) return;
    const isMore = jobs.some((job) => !openSince.jobs.includes(job));
    Object.assign(openSince, { last: order, jobs, greens: 0 });
    if (isMore) {
      delete openSince.owner;
      openSince.snoozed = false;
    }
  }

  click({ who, what }: Extract<Step, { kind: "clicks" }>): void {
    const { openSince } = this;
    if (!openSince) return;
    if (what === "ack" && openSince.owner === undefined) Object.assign(openSince, { owner: who, snoozed: false });
    if (what === "take over" && openSince.owner !== who) Object.assign(openSince, { owner: who, snoozed: false });
    if (what === "unack") delete openSince.owner;
    if (what === "snooze") openSince.snoozed = true;
    if (what === "escalate") openSince.snoozed = false;
    if (what === "resolve") this.openSince = undefined;
  }
}

const openOf = ({ records }: Following) => records.transaction(async ({ incidents }) => (await incidents.open("acme/shop"))[0]);

async function click(following: Following, { who, what }: Extract<Step, { kind: "clicks" }>): Promise<void> {
  const { services, records } = following;
  const now = following.now;
  const by = aPerson(who);
  await records.transaction(async (tx) => {
    const before = (await tx.incidents.open("acme/shop"))[0];
    if (!before) return;
    const acted = {
      ack: () => acknowledge(before, by, false, now, timings),
      "take over": () => acknowledge(before, by, true, now, timings),
      unack: () => unacknowledge(before, by, now, timings),
      snooze: () => snooze(before, by, now + 60 * minuteMs, now),
      escalate: () => escalate(before, by, [], now, timings),
      resolve: () => ({ change: resolveByHand(before, by, now) }),
    }[what]();
    if (!("change" in acted)) return;
    const { change } = acted;
    await keep(tx, before, change, services);
    // Who decided by what it was before comes too late.
    await expect(keep(tx, before, change, services)).rejects.toThrow(Overtaken);
  });
}

describe("any interleaving of deliveries, clicks, timers and restarts", () => {
  it("leaves the state that a simple model has, and says each transition once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
        const options = { at: start, file: join(folder, "state.db"), onCall: ["U1"] };
        let following = await startFollowing(options);
        const model = new Model();
        try {
          for (const one of steps) {
            if (one.kind === "ends") {
              const since = await following.records.transaction(({ incidents }) =>
                incidents.openedSince("acme/shop", following.now - 24 * 60 * minuteMs),
              );
              const run = aFinishedRun({
                runId: one.number,
                number: one.number,
                attempt: one.attempt,
                headSha: `${one.number}`.padStart(40, "a"),
                conclusion: one.isRed ? "failure" : "success",
              });
              const isNew = !model.ends.has(`${one.number}/${one.attempt}`);
              model.end(one, since.length >= 3);
              await following.end(run, one.isRed ? one.jobs.map((name) => ({ name, log: "error: it broke so\n" })) : []);
              // As if a worker had died before it could say that it was done.
              if (isNew) await following.endAgain(run);
            } else if (one.kind === "clicks") {
              model.click(one);
              await click(following, one);
            } else if (one.kind === "passes") {
              await following.until(following.now + one.minutes * minuteMs);
              // Who did not answer in time has lost it; the model knows no clock, so it takes that over, and checks the rest.
              const open = await openOf(following);
              if (model.openSince && open) {
                if (!open.owner) delete model.openSince.owner;
                model.openSince.snoozed = open.snooze !== undefined;
              }
            } else if (one.kind === "restarts") {
              following = await following.restart();
            } else {
              const open = await openOf(following);
              const job = { ...toTick(open?.number ?? 1, following.now), attempt: 1, signal: new AbortController().signal };
              const before = await timelines(following);
              await createTick(following.services)(job);
              await createTick(following.services)(job);
              expect(await timelines(following)).toEqual(before);
            }
            await compare(following, model);
          }
        } finally {
          await following.close();
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

const timelines = ({ records }: Following) =>
  records.transaction(async ({ incidents }) => {
    const all = await incidents.openedSince("acme/shop", 0);
    return Promise.all(all.map(({ number }) => incidents.timeline(number)));
  });

async function compare(following: Following, model: Model): Promise<void> {
  const all = await following.records.transaction(({ incidents }) => incidents.openedSince("acme/shop", 0));
  const open = all.filter(({ state }) => state !== "resolved");
  expect(all).toHaveLength(model.begun);
  expect(open).toHaveLength(model.openSince ? 1 : 0);
  const [incident] = open;
  if (incident && model.openSince) {
    expect(incident.owner?.person.name).toBe(model.openSince.owner);
    expect(incident.state).toBe(model.openSince.owner === undefined ? "open" : "acknowledged");
    expect(incident.jobs).toEqual(model.openSince.jobs);
    expect(incident.redCount).toBe(model.openSince.reds.length);
    expect(incident.snooze !== undefined).toBe(model.openSince.snoozed);
    // Whatever is due next, something will wake for it.
    const due = nextDue(incident);
    if (due !== undefined) expect(following.isQueued(toTick(incident.number, due).id)).toBe(true);
  }
  for (const timeline of await timelines(following)) {
    expect(timeline.map(({ ordinal }) => ordinal)).toEqual(timeline.map((_, index) => index + 1));
    expect(timeline.filter(({ kind }) => kind === "recovered" || kind === "opened" || kind === "reopened").length).toBeLessThanOrEqual(2);
  }
  // A message of the thread is said once and never changed; only its top is.
  for (const [key, versions] of following.versions()) if (/^incident:\d+:\d+$/.test(key)) expect(versions).toBe(1);
}
