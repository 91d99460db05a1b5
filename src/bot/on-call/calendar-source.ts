import { createHash } from "node:crypto";
import type { Reading } from "../../pipeline/on-call/duty.ts";
import { nameReader } from "../../pipeline/on-call/named.ts";
import { plannedTimeline } from "../../pipeline/on-call/planned.ts";
import type { Calendar } from "../../pipeline/on-call/schedule.ts";
import { fetchCalendar } from "./fetch-calendar.ts";
import { keptCopy } from "./kept-copy.ts";
import type { CalendarReading } from "./read-calendar.ts";
import { readInWorker } from "./read-in-worker.ts";
import type { Source, SourceNeeds } from "./source.ts";

const freshMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** How far ahead it is read: whose shift ends later has no end that we tell. */
const aheadMs = 62 * dayMs;

/** Who is on call by a calendar. */
export function calendarSource(name: string, { url, people }: Calendar, needs: SourceNeeds): Source {
  const { records, now, log, limits = {} } = needs;
  const whoIs = nameReader(people);
  let last: { readonly text: string; readonly from: number; readonly reading: Promise<CalendarReading> } | undefined;

  /** From the day of that moment on. What cannot be read does not displace what could. */
  function read(text: string, moment: number): Promise<CalendarReading> {
    const from = Math.floor(moment / dayMs) * dayMs;
    if (last?.text === text && last.from === from) return last.reading;
    const before = last;
    const reading = readInWorker({ text, from: from - dayMs, to: from + aheadMs }, limits.readMs);
    last = { text, from, reading };
    reading.catch(() => {
      if (last?.reading === reading) last = before;
    });
    return reading;
  }

  const copy = keptCopy<string>({
    key: `on-call:calendar:${createHash("sha256").update(url).digest("hex").slice(0, 32)}`,
    freshMs,
    async fetch() {
      const text = await fetchCalendar(url, limits.fetchMs);
      const { problems } = await read(text, now());
      if (problems.length > 0) log.warn({ schedule: name, problems }, "some of an on-call calendar could not be read");
      return text;
    },
    records,
    now,
    onAway: (error) => log.warn({ schedule: name, err: error }, "an on-call calendar could not be fetched"),
  });

  return async (moment) => {
    const found = await copy();
    if (!found) return undefined;
    const reading = await read(found.body, moment).catch((error: unknown) => {
      log.warn({ schedule: name, err: error }, "an on-call calendar could not be read");
      return undefined;
    });
    return reading && toReading(reading, moment, found.isOld ? found.fetchedAt : undefined);
  };

  function toReading({ occurrences }: CalendarReading, moment: number, staleSince: number | undefined): Reading {
    const named = occurrences.map((occurrence) => ({ ...occurrence, ...whoIs(occurrence) }));
    const unknown = [...new Set(named.filter(({ from, until }) => from <= moment && moment < until).flatMap((one) => one.unknown))];
    const knownUntil = Math.floor(moment / dayMs) * dayMs + aheadMs;
    return { timeline: plannedTimeline(named, knownUntil), unknown: unknown.slice(0, 10), ...(staleSince !== undefined && { staleSince }) };
  }
}
