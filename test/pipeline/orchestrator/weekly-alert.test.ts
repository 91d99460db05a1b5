import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addTriageWeeks, createTriageWeek, triageWeekTask } from "../../../src/pipeline/orchestrator/weekly-alert.ts";
import type { NewJob } from "../../../src/pipeline/queue.ts";
import type { Transaction } from "../../../src/pipeline/records.ts";
import type { Services } from "../../../src/services.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import type { State } from "../../contracts/place.ts";
import { aFollowed } from "../failures/fixing.ts";
import { aDecision } from "./a-decision.ts";
import { aTriage } from "./a-triage.ts";

/** Monday, when the week from the 16th to the 22nd is over. */
const monday = Date.UTC(2026, 10, 23, 9);
const inWeek = Date.UTC(2026, 10, 18);

let state: State;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const services = (more: Partial<Services> = {}) => ({
  reports: { day: "mon", at: "09:00", roi: {} } as Services["reports"],
  money: { zone: "UTC" },
  followed: [{ ...aFollowed(), triage: aTriage({ mode: "act" }) }],
  policies: [],
  now: () => monday + 1,
  ...more,
});

async function look(more: Partial<Services> = {}) {
  const sent: { key: string; channel: unknown; words: string }[] = [];
  const queued: NewJob[] = [];
  const watched = (tx: Transaction): Transaction => ({
    ...tx,
    queue: {
      async add(job) {
        queued.push(job);
        return "added";
      },
    },
    outbox: {
      ...tx.outbox,
      put: async (message) => void sent.push({ key: message.key, channel: message.address, words: JSON.stringify(message.answers) }),
    },
  });
  const records = { transaction: <T>(work: (tx: Transaction) => Promise<T>) => state.records.transaction((tx) => work(watched(tx))) };
  const all = services(more);
  await records.transaction((tx) => addTriageWeeks(tx, all, all.now()));
  const added = [...queued];
  for (const job of added.filter(({ runAt = 0 }) => runAt <= all.now()))
    await createTriageWeek({ ...all, records })({ ...job, attempt: 1, signal: new AbortController().signal });
  return { sent, added, queued };
}

const decide = (count: number, changes: Parameters<typeof aDecision>[0] = {}, from = 0) =>
  state.records.transaction(async ({ decisions }) => {
    for (let index = 0; index < count; index++) await decisions.put(aDecision({ runId: from + index, at: inWeek, ...changes }));
  });
const unsure = { isSure: false, action: "ask_person", confidence: 0 } as const;

describe("the weekly look at decisions", () => {
  it("tells the incidents' channel where too little was decided without a person, with the numbers and what to do", async () => {
    await decide(5);
    await decide(6, unsure, 20);

    const { sent } = await look();

    expect(sent).toMatchObject([{ key: "triage-alert:acme/shop:2026-11-16", channel: { to: { channel: "C1" } } }]);
    for (const words of ["45.5 %", "5 of 11", "known issues", "16–22 November 2026", "analytics Acme/Shop@"])
      expect(sent[0]?.words).toContain(words);
  });

  it("tells the budgets' channel instead where there is one", async () => {
    await decide(10, unsure);

    expect((await look({ money: { zone: "UTC", channel: "CMONEY" } })).sent).toMatchObject([{ channel: { to: { channel: "CMONEY" } } }]);
  });

  it("says nothing of a good week, of another week, or of a repository whose triage is off", async () => {
    await decide(10);
    await decide(10, { ...unsure, at: monday }, 50);
    await decide(10, { ...unsure, at: inWeek - 7 * 24 * 3_600_000 }, 70);
    expect((await look()).sent).toEqual([]);

    await decide(10, unsure, 90);
    const off = await look({ followed: [{ ...aFollowed(), triage: aTriage() }] });
    expect([off.sent, off.added]).toEqual([[], []]);
  });

  it("waits for the end of quiet hours", async () => {
    await decide(10, unsure);
    const quietHours = [{ from: "00:00", to: "12:00", zone: "UTC" }];

    const { sent, queued } = await look({ policies: [{ id: "C1", repositories: [], quietHours }] });

    expect(sent).toEqual([]);
    expect(queued.map(({ task, runAt }) => [task, runAt])).toContainEqual([triageWeekTask, Date.UTC(2026, 10, 23, 12)]);
  });
});
