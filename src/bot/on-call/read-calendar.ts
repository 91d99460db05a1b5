import ICAL from "ical.js";
import type { Entry } from "../../pipeline/on-call/named.ts";

/** An entry of a calendar at one of its times (milliseconds since the epoch). */
export interface Occurrence extends Entry {
  readonly from: number;
  readonly until: number;
}

export interface CalendarReading {
  readonly occurrences: readonly Occurrence[];
  /** What was left out, and why. */
  readonly problems: readonly string[];
}

/** Each day for 80 years, or each hour for three. */
const mostRepeats = 30_000;
const mostOccurrences = 5_000;
const mostProblems = 20;
const dayMs = 24 * 60 * 60_000;

/**
 * The entries of an iCalendar text between two moments. An entry that cannot be read is left out and said. A hostile text may keep it busy for
 * ever: it runs where it can be ended.
 *
 * @throws Error when the text is no calendar
 */
export function readCalendar(text: string, from: number, to: number): CalendarReading {
  const parsed: unknown[] = ICAL.parse(text);
  const roots = (typeof parsed[0] === "string" ? [parsed] : parsed).map((one) => new ICAL.Component(one as []));
  const calendars = roots.filter(({ name }) => name === "vcalendar");
  if (calendars.length === 0) throw new Error("there is no calendar in it");

  const occurrences: Occurrence[] = [];
  const problems: string[] = [];
  for (const calendar of calendars) {
    const home = zoneOf(calendar.getFirstPropertyValue("x-wr-timezone")) ?? "UTC";
    for (const series of toSeries(calendar)) {
      try {
        const found = occurrencesOf(series, { from, to, home });
        if (occurrences.length + found.length > mostOccurrences) throw new Error("there are too many entries");
        occurrences.push(...found);
      } catch (error) {
        problems.push(`${summaryOf(series.main)}: ${error instanceof Error ? error.message : error}`.slice(0, 200));
      }
    }
  }
  return { occurrences, problems: problems.slice(0, mostProblems) };
}

/** An event and what was changed about single times of it. */
interface Series {
  readonly main: ICAL.Component;
  readonly changed: readonly ICAL.Component[];
}

function toSeries(calendar: ICAL.Component): readonly Series[] {
  const events = calendar.getAllSubcomponents("vevent");
  const uidOf = (event: ICAL.Component) => String(event.getFirstPropertyValue("uid"));
  const changed = Map.groupBy(events.filter(isChange), uidOf);
  const mains = events.filter((event) => !isChange(event));
  const known = new Set(mains.map(uidOf));
  const orphans = [...changed].filter(([uid]) => !known.has(uid)).flatMap(([, changes]) => changes);
  return [...mains.map((main) => ({ main, changed: changed.get(uidOf(main)) ?? [] })), ...orphans.map((main) => ({ main, changed: [] }))];
}

interface Window {
  readonly from: number;
  readonly to: number;
  /** The zone of times that name none. */
  readonly home: string;
}

function occurrencesOf({ main, changed }: Series, window: Window): Occurrence[] {
  if (isCancelled(main)) return [];
  const event = new ICAL.Event(main, { exceptions: [...changed] });
  const once = changed.filter((change) => !isCancelled(change)).map((change) => toOccurrence(new ICAL.Event(change), window));
  const zone = zoneOfProperty(main, "dtstart", window);
  const series = event.isRecurring() ? repeatsOf(event, changed, zone, window) : [toOccurrence(event, window)];
  return [...series, ...once].filter(({ from, until }) => until > from && until > window.from && from < window.to);
}

function repeatsOf(event: ICAL.Event, changed: readonly ICAL.Component[], zone: string, window: Window): Occurrence[] {
  const main = event.component;
  const left = new Set(changed.flatMap((change) => timesOf(change, "recurrence-id", window)));
  for (const time of timesOf(main, "exdate", window)) left.add(time);
  // The library forgets some of many exceptions, and gives up on more than 500 in a row.
  main.removeAllProperties("exdate");
  const lasts = wallDuration(event);
  const longestMs = lasts.toSeconds() * 1000 + dayMs;
  const movesOn = changed.some((change) => new ICAL.Event(change).modifiesFuture());

  const found: Occurrence[] = [];
  const repeats = event.iterator();
  let count = 0;
  for (let time = repeats.next(); time; time = repeats.next()) {
    count += 1;
    if (count > mostRepeats || found.length > mostOccurrences) throw new Error("it repeats too often");
    const at = toMs(time, zone);
    if (at >= window.to) break;
    if (!movesOn && at + longestMs <= window.from) continue;
    if (left.has(at) || left.has(time.toString().slice(0, 10))) continue;
    const { startDate, endDate, item } = event.getOccurrenceDetails(time);
    if (isCancelled(item.component)) continue;
    const end = item === event ? time.clone() : endDate;
    if (item === event) end.addDuration(lasts);
    found.push({ from: toMs(startDate, zone), until: toMs(end, zone), ...toEntry(item.component) });
  }
  return found;
}

/** A shift that ends at nine ends at nine on the clock, although the clocks changed in between. */
function wallDuration({ startDate, endDate, duration }: ICAL.Event): ICAL.Duration {
  return startDate.zone.tzid === endDate.zone.tzid ? endDate.subtractDate(startDate) : duration;
}

function toOccurrence(event: ICAL.Event, window: Window): Occurrence {
  const { component, startDate, endDate } = event;
  const start = zoneOfProperty(component, "dtstart", window);
  const end = component.hasProperty("dtend") ? zoneOfProperty(component, "dtend", window) : start;
  return { from: toMs(startDate, start), until: toMs(endDate, end), ...toEntry(component) };
}

/** The moments of a property, or the days where it names whole days. */
function timesOf(component: ICAL.Component, name: string, window: Window): (number | string)[] {
  return component.getAllProperties(name).flatMap((property) => {
    const zone = zoneOf(property.getFirstParameter("tzid")) ?? window.home;
    const times = property.getValues().filter((value) => value instanceof ICAL.Time);
    return times.map((time) => (time.isDate ? time.toString() : toMs(time, zone)));
  });
}

function toMs(time: ICAL.Time, zone: string): number {
  const isFloating = time.isDate || time.zone === ICAL.Timezone.localTimezone;
  if (!isFloating) return time.toUnixTime() * 1000;
  const { year, month, day, hour, minute, second } = time;
  return Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }).toZonedDateTime(zone).epochMilliseconds;
}

const zoneOfProperty = (component: ICAL.Component, name: string, { home }: Window): string =>
  zoneOf(component.getFirstProperty(name)?.getFirstParameter("tzid")) ?? home;

function zoneOf(name: unknown): string | undefined {
  if (typeof name !== "string" || !/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

const isChange = (event: ICAL.Component): boolean => event.hasProperty("recurrence-id");
const isCancelled = (event: ICAL.Component): boolean => String(event.getFirstPropertyValue("status")).toUpperCase() === "CANCELLED";
const summaryOf = (event: ICAL.Component): string => String(event.getFirstPropertyValue("summary") ?? "").slice(0, 300);

const toEntry = (event: ICAL.Component): Entry => ({
  summary: summaryOf(event),
  attendees: event
    .getAllProperties("attendee")
    .filter(comes)
    .map((attendee) => String(attendee.getFirstValue()))
    .filter((address) => /^mailto:/i.test(address))
    .map((address) => address.slice("mailto:".length).slice(0, 200)),
});

/** Neither rooms nor those who said no. */
function comes(attendee: ICAL.Property): boolean {
  const [answer, kind] = ["partstat", "cutype"].map((name) => String(attendee.getFirstParameter(name) ?? "").toUpperCase());
  return answer !== "DECLINED" && kind !== "ROOM" && kind !== "RESOURCE";
}
