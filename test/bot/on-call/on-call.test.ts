import { mkdtemp, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOnCall } from "../../../src/bot/on-call/on-call.ts";
import { ServiceError } from "../../../src/errors.ts";
import type { OnCall } from "../../../src/pipeline/on-call/on-call.ts";
import type { Schedule } from "../../../src/pipeline/on-call/schedule.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { type CalendarServer, startCalendarServer } from "./calendar-server.ts";
import { aCalendar, anEvent, weekly } from "./calendars.ts";

const minuteMs = 60_000;
/** Ana is on call until Monday, 30 March, at nine. */
const start = Date.parse("2026-03-25T12:00:00Z");
const people = { "Ana Lima": "UANA", Bo: "UBO" };
const anaNow = { now: { people: ["UANA"], until: Date.parse("2026-03-30T07:00:00Z") }, isEmpty: false };
const nobodyKnows = { now: { people: ["UFALLBACK"] }, isEmpty: true, isUnread: true };

let folder: string;
let state: EmbeddedState;
let server: CalendarServer;
let now = start;
let warnings: { fields: object; message: string }[] = [];
let group: readonly string[] | Error = [];
let paths = 0;
const limits = { fetchMs: 5_000 };
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  state = await openEmbedded({ file: join(folder, "state.db"), now: () => now });
  server = await startCalendarServer();
});
afterAll(async () => {
  await server.close();
  await state.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  now = start;
  warnings = [];
  limits.fetchMs = 5_000;
  paths += 1;
  // Each test has a calendar of its own, of which no copy is kept.
  url = `${server.url}?${paths}`;
});

function open(schedule: Partial<Schedule>): OnCall {
  const needs = {
    membersOf: async () => {
      if (group instanceof Error) throw group;
      return group;
    },
    records: state.records,
    now: () => now,
    log: { warn: (fields: object, message: string) => void warnings.push({ fields, message }) },
    limits,
  };
  return createOnCall([{ name: "primary", fallback: "UFALLBACK", ...schedule }], needs);
}
const openCalendar = () => open({ calendar: { url, people } });
function hangs(serve: RequestListener = () => {}): void {
  limits.fetchMs = 50;
  server.serve(serve);
}

const redirectsElsewhere: RequestListener = ({ headers: { host = "" } }, response) => {
  if (host.startsWith("localhost")) response.end(aCalendar());
  else response.writeHead(302, { location: `http://${host.replace("127.0.0.1", "localhost")}/` }).end();
};

describe("a schedule from a calendar", () => {
  it("says who is on call, until when, and who comes next", async () => {
    server.serve(weekly());

    expect(await openCalendar().at("primary", now)).toEqual({
      schedule: "primary",
      ...anaNow,
      next: { people: ["UBO"], until: Date.parse("2026-04-06T07:00:00Z") },
    });
  });

  it("asks no more than once in a quarter of an hour, however many ask", async () => {
    server.serve(weekly());
    const onCall = openCalendar();
    const before = server.asked;

    await Promise.all([onCall.at("primary", now), onCall.at("primary", now)]);
    now += 15 * minuteMs - 1;
    await onCall.at("primary", now);
    expect(server.asked - before).toBe(1);

    now += 1;
    await onCall.at("primary", now);
    expect(server.asked - before).toBe(2);
  });

  it("is fresh again when the source comes back, and asks for that no more than once a minute", async () => {
    server.serve(weekly());
    const onCall = openCalendar();
    await onCall.at("primary", now);
    server.serve((_, response) => void response.writeHead(503).end());
    now += 15 * minuteMs;
    const before = server.asked;

    await onCall.at("primary", now);
    await onCall.at("primary", now + 1);
    expect(server.asked - before).toBe(1);

    server.serve(weekly());
    now += minuteMs;
    expect(await onCall.at("primary", now)).not.toHaveProperty("staleSince");
  });

  it("keeps the last good copy over a restart, and none of another address", async () => {
    server.serve(weekly());
    await openCalendar().at("primary", now);
    hangs();
    now += 60 * minuteMs;
    await state.close();
    state = await openEmbedded({ file: join(folder, "state.db"), now: () => now });

    expect(await openCalendar().at("primary", now)).toMatchObject({ ...anaNow, staleSince: start });
    url = `${url}-other`;
    expect(await openCalendar().at("primary", now)).toMatchObject(nobodyKnows);
  });

  it("has its fallback stand in while it could never be read, which is not the same as empty", async () => {
    hangs();
    expect(await openCalendar().at("primary", now)).toEqual({ schedule: "primary", ...nobodyKnows });

    server.serve(aCalendar());
    now += minuteMs;
    expect(await openCalendar().at("primary", now)).toEqual({ schedule: "primary", now: { people: ["UFALLBACK"] }, isEmpty: true });
  });

  it("may have moved on the same server", async () => {
    server.serve(({ url: path = "" }, response) => {
      if (path === "/new.ics") response.end(weekly());
      else response.writeHead(301, { location: "/new.ics" }).end();
    });

    expect(await openCalendar().at("primary", now)).toMatchObject(anaNow);
  });

  it("says when nobody comes next", async () => {
    server.serve(aCalendar(anEvent("SUMMARY:Bo", "DTSTART:20260325T000000Z", "DTEND:20260326T000000Z")));

    expect(await openCalendar().at("primary", now)).toMatchObject({
      now: { people: ["UBO"], until: Date.parse("2026-03-26T00:00:00Z") },
      next: { people: ["UFALLBACK"], isEmpty: true },
      isEmpty: false,
    });
  });

  it("says whom it does not know, and puts nobody in their place", async () => {
    server.serve(aCalendar(anEvent("SUMMARY:Ana Souza", "DTSTART:20260325T000000Z", "DTEND:20260326T000000Z")));

    expect(await openCalendar().at("primary", now)).toMatchObject({
      now: { people: ["UFALLBACK"] },
      isEmpty: true,
      unknown: ["Ana Souza"],
    });
  });
});

describe("a schedule from a calendar whose source is away", () => {
  let onCall: OnCall;
  let away = 0;
  beforeAll(async () => {
    now = start;
    url = server.url;
    server.serve(weekly());
    onCall = openCalendar();
    await onCall.at("primary", now);
  });

  it.each([
    ["it is down", () => server.serve((_, response) => void response.writeHead(500).end("<h1>Sorry</h1>"))],
    ["it hangs", hangs],
    ["it hangs in the middle", () => hangs((_, response) => void response.write("BEGIN:VCALENDAR\r\n"))],
    ["it hangs up", () => server.serve((request) => void request.socket.destroy())],
    ["it talks nonsense", () => server.serve("<html>Sign in</html>")],
    ["it sends 5 MB of nonsense", () => server.serve("x".repeat(5 * 1024 * 1024))],
    ["it sends 5 MB of a calendar", () => server.serve(aCalendar(`X-NONSENSE:${"x".repeat(5 * 1024 * 1024)}`))],
    ["it redirects to an address without https, where a calendar is", () => server.serve(redirectsElsewhere)],
    ["it redirects to a file", () => server.serve((_, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end())],
    ["it redirects in circles", () => server.serve((_, response) => void response.writeHead(302, { location: url }).end())],
  ])("goes by its last good copy, and says how old that is: %s", async (_, goAway) => {
    goAway();
    away += 1;
    now = start + away * 15 * minuteMs;

    const duty = await onCall.at("primary", now);

    expect(duty).toMatchObject({ ...anaNow, staleSince: start });
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings.map(({ fields, message }) => [message, String((fields as { err: unknown }).err)]))).not.toContain(
      "secret-token",
    );
  });
});

describe("a schedule from a user group", () => {
  it("has all of its members on call, goes by the last good answer, and is empty when the group is", async () => {
    const onCall = open({ group: "S0000001" });
    group = ["UANA", "UBO"];
    expect(await onCall.at("primary", now)).toEqual({ schedule: "primary", now: { people: ["UANA", "UBO"] }, isEmpty: false });

    group = new ServiceError("Slack cannot be reached.", { service: "Slack", retryable: true });
    now += 5 * minuteMs;
    expect(await onCall.at("primary", now)).toMatchObject({ now: { people: ["UANA", "UBO"] }, staleSince: start });
    expect(await open({ group: "S0000001" }).at("primary", now)).toMatchObject({ now: { people: ["UANA", "UBO"] }, staleSince: start });

    group = [];
    now += minuteMs;
    expect(await onCall.at("primary", now)).toEqual({ schedule: "primary", now: { people: ["UFALLBACK"] }, isEmpty: true });
  });
});

describe("the schedules", () => {
  it("are known by name; another one is a mistake of ours", async () => {
    const onCall = open({ group: "S0000001" });

    expect(onCall.schedules).toEqual(["primary"]);
    await expect(onCall.at("secondary", now)).rejects.toThrow("There is no on-call schedule secondary.");
  });
});
