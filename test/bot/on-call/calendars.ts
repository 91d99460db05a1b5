/** The zone's rules since 2007 and 1996, as calendars carry them. */
const zones = {
  berlin: [
    "BEGIN:VTIMEZONE",
    // A name of the calendar's own, so that only what stands here can tell.
    "TZID:Office time",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
  ],
};

export const aCalendar = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");

/** With the zone "Office time", which is Berlin's. */
const anOfficeCalendar = (...lines: readonly string[]): string => aCalendar(...zones.berlin, ...lines);

export const anEvent = (...lines: readonly string[]): string => anEventOf("shift", ...lines);

export const anEventOf = (series: string, ...lines: readonly string[]): string =>
  ["BEGIN:VEVENT", `UID:${series}@test`, "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT"].join("\r\n");

/** Ana from Monday at nine to Monday at nine, every other week; Bo in between. It began in the week in which the clocks change. */
export const weekly = (...more: readonly string[]): string =>
  anOfficeCalendar(
    anEventOf(
      "ana",
      "SUMMARY:Ana Lima",
      "DTSTART;TZID=Office time:20260323T090000",
      "DTEND;TZID=Office time:20260330T090000",
      "RRULE:FREQ=WEEKLY;INTERVAL=2",
    ),
    anEventOf(
      "bo",
      "SUMMARY:Bo",
      "DTSTART;TZID=Office time:20260330T090000",
      "DTEND;TZID=Office time:20260406T090000",
      "RRULE:FREQ=WEEKLY;INTERVAL=2",
    ),
    ...more,
  );
