import { z } from "zod";
import { slackId, zone } from "./words.ts";

const person = slackId("UW", "person");
const mostPeople = 100;
const mostOverrides = 200;

/** A date, or a date and time, that the calendar has. */
const isReal = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text) !== undefined;
  } catch {
    return false;
  }
};
const date = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isReal(Temporal.PlainDate.from)(text), "is not a date, such as 2026-01-05");
const dateTime = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(text) && isReal(Temporal.PlainDateTime.from)(text),
    "is not a date and time, such as 2026-12-24T18:00",
  );

const Override = z
  .strictObject({
    from: dateTime.meta({ description: "when it begins, on the clock there: `2026-12-24T18:00`" }),
    to: dateTime.meta({ description: "when it is over: at that moment it holds no more" }),
    person: person.meta({ description: "id of the person in Slack who is on call instead" }),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "is not after from" });

const Rotation = z.strictObject({
  zone: zone.meta({ description: "IANA time zone of all its times" }),
  starts: date.meta({ description: "the day of the first hand-over: `2026-01-05`" }),
  handover: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of the day, such as 09:00")
    .meta({ description: "the time of each hand-over, on the clock there: `09:00`" }),
  everyDays: z.int().min(1).max(366).default(7).meta({ description: "days from one hand-over to the next" }),
  people: z.array(person).min(1).max(mostPeople).meta({ description: "ids of people in Slack, in turn; the first begins" }),
  overrides: z
    .array(Override)
    .max(mostOverrides)
    .default([])
    .meta({ description: "who stands in for a while; of several at one moment the last one counts" }),
});

const Calendar = z.strictObject({
  url: z
    .string()
    .max(2000)
    .refine(isFetchable, "is not an address that begins with https://")
    .meta({ description: "https address of an iCalendar file (`.ics`); it is kept secret" }),
  people: z
    .record(z.string().trim().min(2).max(200), person)
    .refine((people) => Object.keys(people).length > 0, "must not be empty")
    .meta({ description: "whom the names and e-mail addresses in its entries mean: an id in Slack for each" }),
});

const Schedule = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "is not a lower-case word of at most 40 letters, digits and hyphens")
      .meta({ description: "what the schedule is called" }),
    fallback: person.meta({ description: "id of the person in Slack who stands in when nobody is on call" }),
    rotation: Rotation.optional().meta({
      description: "people who take turns; a schedule has exactly one of `rotation`, `calendar` and `group`",
    }),
    calendar: Calendar.optional().meta({ description: "a calendar that says who is on call" }),
    group: slackId("S", "user group").optional().meta({ description: "id of a user group in Slack, all of whose members are on call" }),
  })
  .refine(
    ({ rotation, calendar, group }) => [rotation, calendar, group].filter((source) => source !== undefined).length === 1,
    "names not exactly one of rotation, calendar and group",
  );

/** `onCall` of the settings. docs/on-call.md explains it. */
export const OnCallSchedules = z.array(Schedule).superRefine((schedules, { addIssue }) => {
  for (const [at, { name }] of schedules.entries())
    if (schedules.findIndex((one) => one.name === name) < at)
      addIssue({ code: "custom", path: [at, "name"], message: `${name} is there already` });
});

/** Without encryption only on this machine. */
function isFetchable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}
