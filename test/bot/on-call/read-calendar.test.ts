import { describe, expect, it } from "vitest";
import { readCalendar } from "../../../src/bot/on-call/read-calendar.ts";
import { readInWorker } from "../../../src/bot/on-call/read-in-worker.ts";
import { aCalendar, anEvent, anEventOf, weekly } from "./calendars.ts";

const dayMs = 24 * 60 * 60_000;
const minute = (at: number) => new Date(at).toISOString().slice(0, 16);

/** `2026-03-23T08:00 2026-03-30T07:00 Ana Lima`, in order. */
function entriesIn(text: string, from = "2026-03-01", days = 60): string[] {
  const start = Date.parse(from);
  const { occurrences } = readCalendar(text, start, start + days * dayMs);
  return occurrences.map((one) => `${minute(one.from)} ${minute(one.until)} ${one.summary}`).toSorted();
}

describe("a calendar", () => {
  it("hands over at nine on the clock, by its own rules of the zone, although the clocks change", () => {
    expect(entriesIn(weekly(), "2026-03-24", 21)).toEqual([
      "2026-03-23T08:00 2026-03-30T07:00 Ana Lima",
      "2026-03-30T07:00 2026-04-06T07:00 Bo",
      "2026-04-06T07:00 2026-04-13T07:00 Ana Lima",
      "2026-04-13T07:00 2026-04-20T07:00 Bo",
    ]);
    expect(entriesIn(weekly(), "2026-10-20", 14)).toEqual([
      "2026-10-19T07:00 2026-10-26T08:00 Ana Lima",
      "2026-10-26T08:00 2026-11-02T08:00 Bo",
      "2026-11-02T08:00 2026-11-09T08:00 Ana Lima",
    ]);
  });

  it("leaves out what EXDATE excludes, be there ever so many, by moment and by day", () => {
    const old = Array.from(
      { length: 600 },
      (_, day) => `EXDATE:${new Date(Date.parse("2024-01-02") + day * dayMs).toISOString().slice(0, 10).replaceAll("-", "")}T090000Z`,
    );
    const daily = ["SUMMARY:Ana", "DTSTART:20240101T090000Z", "DTEND:20240101T100000Z", "RRULE:FREQ=DAILY"];
    const text = aCalendar(anEvent(...daily, ...old, "EXDATE:20260302T090000Z,20260303T090000Z", "EXDATE;VALUE=DATE:20260304"));

    expect(entriesIn(text, "2026-03-01", 5)).toEqual(["2026-03-01T09:00 2026-03-01T10:00 Ana", "2026-03-05T09:00 2026-03-05T10:00 Ana"]);
  });

  it("moves and cancels single times of a series", () => {
    const text = weekly(
      anEventOf("ana", "SUMMARY:Cleo", "RECURRENCE-ID:20260406T070000Z", "DTSTART:20260407T070000Z", "DTEND:20260413T070000Z"),
      anEventOf("bo", "SUMMARY:Bo", "STATUS:CANCELLED", "RECURRENCE-ID;TZID=Office time:20260413T090000", "DTSTART:20260413T070000Z"),
    );

    expect(entriesIn(text, "2026-03-31", 20)).toEqual(["2026-03-30T07:00 2026-04-06T07:00 Bo", "2026-04-07T07:00 2026-04-13T07:00 Cleo"]);
  });

  it("moves a time into the window from beyond it, and takes a change whose series is not there", () => {
    const text = weekly(
      anEventOf("ana", "SUMMARY:Cleo", "RECURRENCE-ID:20261130T080000Z", "DTSTART:20260402T070000Z", "DTEND:20260403T070000Z"),
      anEvent("SUMMARY:Dan", "RECURRENCE-ID:20260101T080000Z", "DTSTART:20260404T070000Z", "DTEND:20260405T070000Z"),
    );

    expect(entriesIn(text, "2026-04-01", 5)).toEqual([
      "2026-03-30T07:00 2026-04-06T07:00 Bo",
      "2026-04-02T07:00 2026-04-03T07:00 Cleo",
      "2026-04-04T07:00 2026-04-05T07:00 Dan",
    ]);
  });

  it("changes this and all that follow", () => {
    const text = aCalendar(
      anEvent("SUMMARY:Ana", "DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=DAILY;COUNT=3"),
      anEvent("SUMMARY:Bo", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T090000Z", "DTSTART:20260303T110000Z", "DTEND:20260303T113000Z"),
    );

    expect(entriesIn(text)).toEqual([
      "2026-03-02T09:00 2026-03-02T10:00 Ana",
      "2026-03-03T11:00 2026-03-03T11:30 Bo",
      "2026-03-04T11:00 2026-03-04T11:30 Bo",
    ]);
  });

  it("counts no cancelled event, and none without length", () => {
    const text = aCalendar(
      anEvent("SUMMARY:Ana", "STATUS:CANCELLED", "DTSTART:20260302T090000Z", "DTEND:20260303T090000Z"),
      anEvent("SUMMARY:Bo", "DTSTART:20260302T090000Z"),
      anEvent("SUMMARY:Bo", "DTSTART:20260302T090000Z", "DTEND:20260301T090000Z"),
    );

    expect(entriesIn(text)).toEqual([]);
  });

  it("takes whole days, and times without a zone, in the calendar's own zone, else in UTC", () => {
    const events = [
      anEvent("SUMMARY:Ana", "DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330"),
      anEvent("SUMMARY:Bo", "DTSTART:20260401T090000", "DURATION:PT8H"),
      anEvent("SUMMARY:Cleo", "DTSTART;TZID=America/New_York:20260402T090000", "DTEND;TZID=America/New_York:20260402T170000"),
    ];

    expect(entriesIn(aCalendar("X-WR-TIMEZONE:Europe/Berlin", ...events))).toEqual([
      "2026-03-28T23:00 2026-03-29T22:00 Ana",
      "2026-04-01T07:00 2026-04-01T15:00 Bo",
      "2026-04-02T13:00 2026-04-02T21:00 Cleo",
    ]);
    expect(entriesIn(aCalendar("X-WR-TIMEZONE:Nowhere", ...events)).slice(0, 2)).toEqual([
      "2026-03-29T00:00 2026-03-30T00:00 Ana",
      "2026-04-01T09:00 2026-04-01T17:00 Bo",
    ]);
  });

  it("excludes by the calendar's own zone where a time names none", () => {
    const daily = ["SUMMARY:Ana", "DTSTART:20260328T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260329T090000"];

    expect(entriesIn(aCalendar("X-WR-TIMEZONE:Europe/Berlin", anEvent(...daily)))).toEqual([
      "2026-03-28T08:00 2026-03-28T09:00 Ana",
      "2026-03-30T07:00 2026-03-30T08:00 Ana",
    ]);
  });

  it("names who comes, by e-mail: no rooms, and nobody who declined", () => {
    const text = aCalendar(
      anEvent(
        "SUMMARY:On call",
        "DTSTART:20260302T090000Z",
        "DTEND:20260303T090000Z",
        "ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:ana@example.org",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org",
        "ATTENDEE;CUTYPE=ROOM:mailto:room@example.org",
        "ATTENDEE:urn:uuid:1",
      ),
    );

    expect(readCalendar(text, Date.parse("2026-03-01"), Date.parse("2026-04-01")).occurrences[0]?.attendees).toEqual(["ana@example.org"]);
  });

  it("leaves an event out that repeats every second or makes no sense, says so, and keeps the others", () => {
    const text = weekly(
      anEvent("SUMMARY:Each second", "DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"),
      anEvent("SUMMARY:Each second now", "DTSTART:20260331T000000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"),
      anEvent("SUMMARY:No beginning"),
    );

    const { occurrences, problems } = readCalendar(text, Date.parse("2026-03-31"), Date.parse("2026-04-02"));

    expect(occurrences.map(({ summary }) => summary)).toEqual(["Bo"]);
    expect(problems).toEqual([
      "Each second: it repeats too often",
      "Each second now: it repeats too often",
      expect.stringMatching(/^No beginning: /),
    ]);
  });

  it.each(["", "just words", "<html></html>", "BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT"])(
    "is refused when it is %j",
    (text) => {
      expect(() => readCalendar(text, 0, dayMs)).toThrow();
    },
  );

  it("may have no events: then nobody is on call", () => {
    expect(readCalendar(aCalendar(), 0, dayMs)).toEqual({ occurrences: [], problems: [] });
  });
});

describe("the thread that reads a calendar", () => {
  const window = { from: Date.parse("2026-03-24"), to: Date.parse("2026-03-25") };

  it("gives what it read", async () => {
    const reading = await readInWorker({ text: weekly(), ...window });

    expect(reading).toEqual(readCalendar(weekly(), window.from, window.to));
  });

  it("hands on why it could not", async () => {
    await expect(readInWorker({ text: "just words", ...window })).rejects.toThrow(/./);
  });

  it("is ended when a calendar keeps it busy", async () => {
    const eachSecond = anEvent("SUMMARY:Each second", "DTSTART:20000101T000000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY");
    const text = aCalendar(...Array.from({ length: 2_000 }, () => eachSecond));

    await expect(readInWorker({ text, ...window }, 100)).rejects.toThrow("it takes too long to read");
  });
});
