import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { alertIfEmpty, alertWhereEmpty } from "../../../src/pipeline/on-call/alert-if-empty.ts";
import { toDuty } from "../../../src/pipeline/on-call/duty.ts";
import { type Planned, plannedTimeline } from "../../../src/pipeline/on-call/planned.ts";
import { cellWords, type Reply } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { aTriage } from "../orchestrator/a-triage.ts";

const hourMs = 60 * 60_000;
const midnight = Date.parse("2026-03-25T00:00:00Z");
const hours = (from: number, until: number): Planned => ({
  from: midnight + from * hourMs,
  until: midnight + until * hourMs,
  people: ["UADA"],
});
const entry = (repository: string, channel: string, onCall?: string) => ({
  repository,
  channel,
  onCall,
  autoFix: { mode: "suggest", retry: true, workflows: [] } as const,
  triage: aTriage(),
  postMortem: false,
});

let state: EmbeddedState;
let now = midnight;
let plan: readonly Planned[] | undefined;
let isSlackAway = false;

beforeEach(async () => {
  now = midnight;
  plan = [];
  isSlackAway = false;
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const services = () => ({
  onCall: {
    schedules: ["primary", "spare"],
    at: async (name: string, moment: number) =>
      toDuty({ name, fallback: "URAVI" }, plan && { timeline: plannedTimeline(plan, Number.POSITIVE_INFINITY) }, moment),
  },
  followed: [
    entry("acme/shop", "C1", "primary"),
    entry("acme/site", "C1", "primary"),
    entry("acme/api", "C2", "primary"),
    entry("acme/toy", "C3"),
  ],
  workspace: {
    member: async () => {
      if (isSlackAway) throw new ServiceError("Slack cannot be reached.", { service: "Slack", retryable: true });
      return { name: "ravi", kind: "member" as const };
    },
    channel: async () => ({ kind: "internal" as const, isOurs: true, isPrivate: false }),
    permalink: async () => "",
  },
  records: state.records,
  now: () => now,
});

/** Looks at hour `at`, as the sweep does. */
async function lookAt(at: number): Promise<void> {
  now = midnight + at * hourMs;
  await alertWhereEmpty(services());
}

const count = (channel: string) => state.records.transaction(({ outbox }) => outbox.countSince(`on-call:${channel}`, 0));
const message = async (channel: string, at: number) =>
  (await state.records.transaction(({ outbox }) => outbox.find(`on-call-gap:primary:${midnight + at * hourMs}:${channel}`)))?.answers[0]
    ?.reply;
const words = (reply: Reply | undefined) =>
  reply?.parts.map((part) => {
    if (part.kind === "text") return part.text;
    return part.kind === "facts" ? part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`).join("; ") : "";
  });

describe("an empty schedule", () => {
  it("is told to each channel whose incidents go to it, with who stands in, until when, and what to do", async () => {
    plan = [hours(3, 30)];

    await lookAt(0);

    expect(words(await message("C1", 0))).toEqual([
      "Nobody is on call: the schedule primary is empty.",
      "Stands in: ravi; Until: 2026-03-25 03:00 UTC; For incidents of: acme/shop, acme/site",
      "Put somebody into its rotation, calendar or user group. Until then escalations go to whoever stands in.",
    ]);
    expect(words(await message("C2", 0))?.[1]).toContain("For incidents of: acme/api");
    expect(await count("C3")).toBe(0);
  });

  it("calls the one who stands in", async () => {
    await lookAt(0);

    const part = (await message("C1", 0))?.parts.find(({ kind }) => kind === "facts");
    expect(part).toMatchObject({
      facts: expect.arrayContaining([{ label: "Stands in", value: { people: [{ name: "ravi", slackUser: "URAVI" }] } }]),
    });
  });

  it("is told once for as long as it lasts, and again for the next time", async () => {
    plan = [hours(3, 30), hours(31, 99)];

    for (const at of [0, 1, 2.9, 3, 5.9]) await lookAt(at);
    expect(await count("C1")).toBe(1);

    for (const at of [6, 12, 29.9, 30, 30.5, 31, 60]) await lookAt(at);
    expect(await count("C1")).toBe(2);
    expect(words(await message("C1", 30))?.slice(0, 2)).toEqual([
      "Nobody will be on call soon: the schedule primary has a gap within a day.",
      "Stands in: ravi; From: 2026-03-26 06:00 UTC; Until: 2026-03-26 07:00 UTC; For incidents of: acme/shop, acme/site",
    ]);
  });

  it("is the same gap when its ends are moved, and another one when it was closed and opens again", async () => {
    plan = [hours(0, 10)];
    await lookAt(0);
    plan = [hours(0, 11), hours(20, 40)];
    await lookAt(1);
    expect(await count("C1")).toBe(1);

    plan = [hours(0, 90)];
    await lookAt(2);
    plan = [hours(0, 11)];
    await lookAt(3);
    expect(await count("C1")).toBe(2);
  });

  it("is another gap when somebody was on call in between, although nobody knew when the first would end", async () => {
    await lookAt(0);
    plan = [hours(1, 11)];
    await lookAt(1);

    expect(await count("C1")).toBe(2);
  });

  it("is not told of more than a day ahead, nor where nothing is known to end", async () => {
    plan = [hours(0, 24.1)];
    await lookAt(0);
    expect(await count("C1")).toBe(0);

    await lookAt(0.1);
    expect(await count("C1")).toBe(1);
  });

  it("is told by its name where Slack is away, and tells a schedule that cannot be read apart", async () => {
    isSlackAway = true;
    plan = undefined;

    await lookAt(0);

    expect(words(await message("C1", 0))).toEqual([
      "The on-call schedule primary cannot be read, so nobody knows who is on call.",
      "Stands in: URAVI; For incidents of: acme/shop, acme/site",
      "See that its calendar or user group can be reached, or take another source, in onCall of the settings. Until then escalations go to whoever stands in.",
    ]);
  });

  it("is told when an escalation asks, which hears how the schedule stands", async () => {
    expect(await alertIfEmpty("primary", services())).toEqual({ schedule: "primary", now: { people: ["URAVI"] }, isEmpty: true });
    await lookAt(1);

    expect(await count("C1")).toBe(1);
  });
});
