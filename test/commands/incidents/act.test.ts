import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pass } from "../../../src/pipeline/incidents/green.ts";
import { keep } from "../../../src/pipeline/incidents/keep.ts";
import type { Table } from "../../../src/reply.ts";
import { ada, aRun, at, grace, repository } from "./an-incident.ts";
import { onGitHub, openPeople, type People } from "./people.ts";

const hourMs = 60 * 60_000;

let people: People;
beforeEach(async () => {
  people = await openPeople();
  await people.breaks();
});
afterEach(() => people.state.close());

const endOf = async () => (await people.find(1))?.due.snoozedUntil;

describe("snooze", () => {
  it.each([
    ["30m", hourMs / 2],
    ["1h", hourMs],
    ["4H", 4 * hourMs],
  ])("says until when (%s)", async (length, span) => {
    const reply = await people.says(ada, `snooze i1 ${length}`);

    expect(reply.parts[1]).toEqual({ kind: "facts", facts: [{ label: "Until", value: { at: at + span } }] });
    expect(await endOf()).toBe(at + span);
  });

  it("needs no number where one is open", async () => {
    expect(await people.says(ada, "snooze fixed")).toMatchObject({
      reason: "snoozed",
      parts: [{}, { facts: [{ label: "Until", value: "it is fixed" }] }],
    });
    expect(await people.find(1)).toMatchObject({ snooze: { by: ada, until: "fixed" } });
  });

  it("ends tomorrow at nine on the person's own clock, through both changes of the clocks", async () => {
    const reply = await people.says(ada, "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2026, 10, 21, 8));
    expect(reply.parts.at(-1)).toMatchObject({ text: "That is 09:00 in Europe/Berlin." });

    people.setNow(Date.UTC(2026, 9, 24, 10)); // to winter time on 25 October
    await people.says(ada, "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2026, 9, 25, 8));

    people.setNow(Date.UTC(2027, 2, 27, 22, 30)); // to summer time on 28 March
    await people.says(ada, "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2027, 2, 28, 7));

    people.setNow(Date.UTC(2026, 10, 21, 3)); // still the 20th in New York
    await people.says(grace, "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2026, 10, 21, 14));
  });

  it("takes the zone of the linked person on GitHub, else UTC and says so", async () => {
    const own = await people.says(onGitHub(ada), "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2026, 10, 21, 8));
    expect(JSON.stringify(own.parts)).toContain("Europe/Berlin");

    const strange = await people.says(onGitHub(grace), "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2026, 10, 21, 9));
    expect(strange.parts.at(-1)).toMatchObject({ text: expect.stringContaining("09:00 UTC: I do not know your time zone") });

    await people.says({ ...grace, slackUser: "UAWAY" }, "snooze i1 tomorrow");
    expect(await endOf()).toBe(Date.UTC(2026, 10, 21, 9));
  });

  it.each(["snooze", "snooze i1", "snooze i1 forever", "snooze 1h i1", "snooze i1 1h 2h"])("refuses %s", async (text) => {
    await expect(people.says(ada, text)).rejects.toMatchObject({ outcome: "invalid" });
    expect(await endOf()).toBeUndefined();
  });
});

describe("escalate", () => {
  it("calls who is on call now, and tells the channel", async () => {
    const reply = await people.says(ada, "escalate i1");

    expect(reply.parts).toMatchObject([{}, { facts: [{ label: "On call", value: "name of U3" }] }]);
    expect((await people.timeline(1)).at(-1)).toMatchObject({
      kind: "escalated",
      reason: "by_hand",
      by: ada,
      called: [{ name: "name of U3", slackUser: "U3" }],
    });
    expect(await people.sent("incident:1:2", "incident:1:2:U3")).toEqual(["incident:1:2", "incident:1:2:U3"]);
  });

  it("says so where the repository has no schedule", async () => {
    await people.state.close();
    people = await openPeople([]);
    await people.breaks();

    expect((await people.says(ada, "escalate i1")).parts).toMatchObject([{ text: expect.stringContaining("Nobody else is called") }]);
  });

  it("does nothing to one that is over", async () => {
    await people.says(ada, "resolve i1");

    await expect(people.says(ada, "escalate i1")).rejects.toMatchObject({ reason: "over" });
  });
});

describe("resolve", () => {
  it("asks first while it is red, naming what is", async () => {
    expect(await people.asked(ada, "resolve i1")).toMatchObject({
      parts: [{ text: "CI on main is still red: build. Close i1 all the same?" }, { facts: [{ value: { text: "Run #7" } }] }],
      label: "Close it all the same",
      agreedTo: { incident: 1 },
    });
    expect((await people.find(1))?.state).toBe("open");
  });

  it("closes it once the person has agreed", async () => {
    const reply = await people.says(ada, "resolve");

    expect(reply).toMatchObject({ reason: "resolved", actions: [{ command: `incidents i1 ${repository}@` }] });
    expect(await people.find(1)).toMatchObject({ state: "resolved", resolved: { at, as: "by_hand", by: ada } });
  });

  it("does not ask where a newer run has passed", async () => {
    await people.state.records.transaction(async (tx) => {
      const before = await tx.incidents.find(1);
      const change = before && pass(before, aRun(8), 3, at);
      if (change) await keep(tx, before, change, people.services);
    });

    expect(await people.asked(ada, "resolve i1")).toEqual({ agreedTo: { incident: 1 } });
  });

  it("changes nothing where it was closed between question and answer", async () => {
    await people.says(grace, "resolve i1");

    await expect(people.says(ada, "resolve i1")).rejects.toMatchObject({
      reason: "over",
      message: "i1 is over: grace closed it. Nothing changed.",
    });
  });
});

describe("incidents", () => {
  it("lists what is open, newest first, and what is over when asked for", async () => {
    people.setNow(at + hourMs);
    await people.breaks({ branch: "release/1", jobs: ["lint", "test"] });
    await people.breaks({ branch: "release/2" });
    await people.says(ada, "ack i2");
    await people.says(grace, "resolve i3");

    expect(await people.says(ada, "incidents")).toMatchObject({
      parts: [
        { text: `Open in ${repository}, newest first:` },
        {
          rows: [
            { mood: "busy", cells: ["i2 CI on release/1 is red: lint, test · ada has it", { at: at + hourMs }] },
            { mood: "bad", cells: ["i1 CI on main is red: build · nobody has it", { at }] },
          ],
        },
      ],
    });
    expect((await people.says(ada, "incidents --all")).parts[3]).toMatchObject({
      rows: [{ mood: "good", cells: ["i3 CI on release/2: closed by grace", { at: at + hourMs }] }],
    });
    people.setNow(at + 8 * 24 * hourMs);
    expect(JSON.stringify(await people.says(ada, "incidents --all"))).toContain("None was resolved in the last seven days.");
  });

  it("says so when nothing is open", async () => {
    await people.says(ada, "resolve i1");

    expect((await people.says(ada, "incidents")).parts).toMatchObject([{ text: `No incident is open in ${repository}.`, mood: "good" }]);
  });

  it("tells everything that happened to one: when, who, what and why", async () => {
    await people.says(ada, "ack i1");
    await people.says(grace, "ack i1 --take-over");
    await people.says(grace, "snooze i1 1h");
    await people.says(ada, "escalate i1");
    await people.says(ada, "unack i1");
    await people.says(ada, "resolve i1");

    const reply = await people.says(ada, "incidents i1");

    const table = reply.parts.at(-1);
    expect(table).toMatchObject({ kind: "table", columns: ["When", "What happened", "Until"] });
    const cells = (table as Table).rows.map((row) => row.cells);
    expect(cells.map(([, what]) => what)).toEqual([
      "i1 began: it failed in run #7",
      "ada has i1 now",
      "grace took i1 over from ada",
      "grace snoozed i1, until",
      "ada escalated i1 · called: name of U3",
      "ada gave i1 back for grace, and it is nobody's",
      "ada closed i1",
    ]);
    expect(cells[3]).toEqual([{ at }, "grace snoozed i1, until", { at: at + hourMs }]);
    expect(reply).toMatchObject({ audience: "asker", link: { text: "Run #7" }, actions: [] });
  });

  it("offers the next steps of one that is open, and mentions nobody on GitHub", async () => {
    await people.breaks({ branch: "release/1", concerned: [{ name: "gil", login: "gil", because: "author", slackUser: "U3" }] });

    const inSlack = await people.says(ada, "incidents i2");
    expect(inSlack.actions?.map(({ command }) => command)).toContain(`ack i2 ${repository}@`);
    expect(JSON.stringify(inSlack.parts)).toContain('"people":[{"name":"gil"');
    expect(JSON.stringify((await people.says(onGitHub(ada), "incidents i2")).parts)).toContain('"value":"gil"');
  });
});
