import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import type { Followed } from "../../../src/pipeline/incidents/followed.ts";
import { resolveByHand } from "../../../src/pipeline/incidents/green.ts";
import { showTask } from "../../../src/pipeline/incidents/show.ts";
import type { OutgoingMessage } from "../../../src/pipeline/outbox.ts";
import { type Page, toPage } from "../../../src/pipeline/pager/page.ts";
import type { Pager } from "../../../src/pipeline/pager/pager.ts";
import { createPage } from "../../../src/pipeline/pager/send-page.ts";
import { pagerState } from "../../../src/pipeline/pager/state.ts";
import { type NewJob, Postponed } from "../../../src/pipeline/queue.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import { cellWords, type Part } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { ana, anIncident } from "../incidents/builders.ts";
import { aTriage } from "../orchestrator/a-triage.ts";
import { aPage } from "./a-page.ts";

const at = Date.parse("2026-11-22T12:00:00Z");
const minute = 60_000;

const follow = (repository: string, channel: string): Followed => ({
  repository,
  channel,
  autoFix: { mode: "suggest", retry: true, workflows: [] },
  triage: aTriage(),
  postMortem: false,
});

const away = () => new ServiceError("The pager cannot be reached.", { service: "the pager", retryable: true });
const refusal = () => new ServiceError("The pager answered 400: is the key right?", { service: "the pager", retryable: false });
const busy = () => new Postponed(30_000);

let state: EmbeddedState;
let now: number;
let fails: (() => Error) | undefined;
let told: Page[];
/** Every version of every message. */
let said: OutgoingMessage[];
let jobs: NewJob[];
beforeEach(async () => {
  now = at;
  state = await openEmbedded({ file: ":memory:", now: () => now });
  fails = undefined;
  [told, said, jobs] = [[], [], []];
});
afterEach(() => state.close());

const records: Records = {
  transaction: (work) =>
    state.records.transaction((tx) =>
      work({
        ...tx,
        queue: {
          add(job) {
            jobs.push(job);
            return tx.queue.add(job);
          },
        },
        outbox: {
          ...tx.outbox,
          put(message) {
            said.push(message);
            return tx.outbox.put(message);
          },
        },
      }),
    ),
};

const pager: Pager = {
  async tell(page) {
    if (fails) throw fails();
    told.push(page);
  },
};

const followed = [follow("acme/shop", "C0CI"), follow("acme/lib", "C0LIB")];

/** One try of the page's job; gives what it threw. */
async function page(one: Partial<Page> = {}, services: { pager: Pager | undefined } = { pager }): Promise<unknown> {
  const handle = createPage({ ...services, records, followed, secrets: ["sk-hidden-1234"], now: () => now });
  const { id, task, payload } = toPage(aPage(one));
  try {
    return await handle({ id, task, payload, attempt: 1, signal: new AbortController().signal });
  } catch (error) {
    return error;
  }
}

const words = (part: Part) => {
  if (part.kind === "text") return part.text;
  return part.kind === "facts" ? part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`).join(" · ") : part.kind;
};

/** The messages as they now stand. */
const messages = () =>
  [...new Map(said.map((message) => [message.key, message])).values()].map(({ address, answers }) => ({
    to: "to" in address && typeof address.to === "object" && "channel" in address.to ? address.to.channel : "?",
    words: answers.flatMap(({ reply }) => reply.parts.map(words)),
  }));

const shown = () => jobs.filter(({ task }) => task === showTask).map(({ payload }) => (payload as { incident: number }).incident);

describe("a page", () => {
  it("is told to the pager without secrets, and nobody hears of it", async () => {
    await page({ summary: "i12: token sk-hidden-1234 was refused" });

    expect(told).toEqual([aPage({ summary: "i12: token *** was refused" })]);
    expect(said).toEqual([]);
    expect(jobs).toEqual([]);
  });

  it("wakes nobody late for what is over", async () => {
    const { incident: number } = aPage();
    await state.records.transaction(async ({ incidents }) => {
      const open = { ...anIncident(), number };
      await incidents.put(open);
      await incidents.put(resolveByHand(open, ana, at).after);
    });

    await page();
    await page({ action: "resolve" });

    expect(told.map(({ action }) => action)).toEqual(["resolve"]);
  });

  it("that waited while the pager was taken out of the settings is dropped", async () => {
    expect(await page({}, { pager: undefined })).toBeUndefined();
  });

  it("that meets a bug of ours is no outage of the pager", async () => {
    fails = () => new TypeError("x is not a function");

    expect(await page()).toBeInstanceOf(TypeError);
    expect(said).toEqual([]);
  });
});

describe("a pager that is down", () => {
  it("is told of at the first failed try, once in each channel that it concerns, with its incidents shown anew", async () => {
    fails = away;

    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await page()).toMatchObject({ retryable: true });
      await page({ incident: 13 });
      await page({ incident: 14, repository: "ACME/lib" });
      now += minute;
    }

    const sentence = "The pager does not answer: call whoever is on call yourself. I keep trying.";
    const facts = "Since: 2026-11-22 12:00 UTC · What happened: The pager cannot be reached.";
    expect(messages()).toEqual([
      { to: "C0CI", words: [sentence, facts] },
      { to: "C0LIB", words: [sentence, facts] },
    ]);
    expect(shown()).toEqual([12, 13, 14]);
  });

  it("is known as long as it lasts", async () => {
    fails = away;
    await page();
    const during = await state.records.transaction(pagerState);
    fails = undefined;
    await page();

    expect(during).toMatchObject({ downSince: at, trouble: "away", error: "The pager cannot be reached." });
    expect(await state.records.transaction(pagerState)).toBeUndefined();
  });

  it("is over with the first page that arrives: the same message says so, and how many were late", async () => {
    fails = away;
    await page();
    await page({ incident: 13 });
    now += 7 * minute;
    fails = undefined;
    await page();
    await page({ incident: 13 });

    expect(messages()).toEqual([
      {
        to: "C0CI",
        words: ["The pager answers again. 2 pages were late.", "Down since: 2026-11-22 12:00 UTC · Until: 2026-11-22 12:07 UTC"],
      },
    ]);
    expect(shown()).toEqual([12, 13, 12, 13]);
  });

  it("and comes and goes within minutes has one message; the next day it has another", async () => {
    for (let time = 0; time < 5; time++) {
      fails = away;
      await page();
      fails = undefined;
      await page();
      now += minute;
    }
    expect(messages()).toHaveLength(1);
    // Each time that it goes or comes the incident is shown anew.
    expect(shown()).toHaveLength(10);

    now += 24 * 60 * minute;
    fails = away;
    await page({ incident: 20 });

    expect(messages()).toHaveLength(2);
  });

  it("is told of by nobody where the repository is followed no more, and is known all the same", async () => {
    fails = away;

    await page({ repository: "acme/gone" });

    expect(said).toEqual([]);
    expect(await state.records.transaction(pagerState)).toMatchObject({ trouble: "away" });
  });
});

describe("a pager that asks to wait", () => {
  it("is no news at first, and is an outage when it goes on for two minutes", async () => {
    fails = busy;

    expect(await page()).toBeInstanceOf(Postponed);
    now += minute;
    await page();
    expect(said).toEqual([]);
    now += minute;
    await page();

    expect(messages()).toMatchObject([
      { words: ["The pager makes my pages wait: call whoever is on call yourself. I keep trying.", expect.any(String)] },
    ]);
  });

  it("for a moment is never spoken of", async () => {
    fails = busy;
    await page();
    fails = undefined;
    await page();

    expect(said).toEqual([]);
  });
});

describe("a pager that refuses", () => {
  it("is told of once, with what to set right", async () => {
    fails = refusal;

    await page();
    await page({ ordinal: 2, action: "acknowledge" });

    expect(new Set(said.map((message) => JSON.stringify(message))).size).toBe(1);
    expect(messages()).toEqual([
      {
        to: "C0CI",
        words: [
          "The pager refuses my pages: call whoever is on call yourself.",
          "Since: 2026-11-22 12:00 UTC · What happened: The pager answered 400: is the key right?",
        ],
      },
    ]);
  });

  it("and takes the next page is told of as well, with what is lost", async () => {
    fails = refusal;
    await page();
    fails = away;
    await page({ incident: 13 });
    fails = undefined;
    await page({ incident: 13 });

    expect(messages()).toMatchObject([
      { words: ["The pager answers again. 1 page was late. 1 page was refused and not sent again.", expect.any(String)] },
    ]);
  });
});
