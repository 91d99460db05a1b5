import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ack } from "../../../src/commands/ack.ts";
import type { Command } from "../../../src/commands/command.ts";
import { escalate } from "../../../src/commands/escalate.ts";
import { incidents } from "../../../src/commands/incidents.ts";
import { resolve } from "../../../src/commands/resolve.ts";
import { snooze } from "../../../src/commands/snooze.ts";
import { unack } from "../../../src/commands/unack.ts";
import { type Acted, acknowledge } from "../../../src/pipeline/incidents/act.ts";
import type { Incident, Person } from "../../../src/pipeline/incidents/incident.ts";
import { actOnIncident } from "../../../src/pipeline/incidents/on-incident.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Transaction } from "../../../src/pipeline/records.ts";
import { done } from "../../../src/reply.ts";
import type { Services } from "../../../src/services.ts";
import { ada, at, grace, repository } from "./an-incident.ts";
import { onGitHub, openPeople, type People } from "./people.ts";

const minuteMs = 60_000;

let people: People;
beforeEach(async () => {
  people = await openPeople();
});
afterEach(() => people.state.close());

describe("ack", () => {
  it("makes the incident the person's own, and asks them again in an hour", async () => {
    const number = await people.breaks();

    const reply = await people.says(ada, `ack i${number}`);

    expect(reply).toMatchObject({
      outcome: "done",
      reason: "acknowledged",
      audience: "asker",
      parts: [
        { text: "i1 is yours now." },
        {
          facts: [{ value: "i1 CI on main is red: build" }, { label: "You are asked again", value: { at: at + timings.remindMs } }],
        },
      ],
      actions: [{ command: `unack i1 ${repository}@` }, { command: `incidents i1 ${repository}@` }],
    });
    expect(await people.find(number)).toMatchObject({ state: "acknowledged", owner: { person: ada, since: at } });
  });

  it.each(["ack I1", "ack 1", "ack", `ack i1 ${repository}@`])("understands %s", async (text) => {
    await people.breaks();

    expect(await people.says(ada, text)).toMatchObject({ reason: "acknowledged" });
  });

  it.each(["ack twelve", "ack i0", "ack i1x", "ack -1", "ack i1 #12", "ack i1 @main"])("refuses %s", async (text) => {
    await people.breaks();

    await expect(people.says(ada, text)).rejects.toMatchObject({ outcome: "invalid" });
    expect((await people.find(1))?.state).toBe("open");
  });

  it("tells the second person who has it and since when, with a way to take it over", async () => {
    const number = await people.breaks();
    await people.says(ada, "ack i1");
    people.setNow(at + 3000);

    const refusal = people.says(grace, "ack i1");

    await expect(refusal).rejects.toMatchObject({
      outcome: "not_applicable",
      reason: "taken",
      message: "ada has i1, so nothing changed.",
      parts: [{ facts: [{ label: "Since", value: { at } }] }],
      actions: [{ label: "Take over", command: `ack i1 --take-over ${repository}@` }],
    });
    expect((await people.find(number))?.owner?.person).toEqual(ada);
    expect(await people.timeline(number)).toHaveLength(2);
  });

  it("takes over when told so, and says who had it", async () => {
    const number = await people.breaks();
    await people.says(ada, "ack i1");

    const reply = await people.says(grace, `ack i1 --take-over ${repository}@`);

    expect(reply).toMatchObject({ reason: "taken_over", parts: [{ text: "i1 is yours now; ada had it." }, {}] });
    expect((await people.timeline(number)).at(-1)).toMatchObject({ kind: "acknowledged", reason: "taken_over", by: grace, from: ada });
  });

  it("confirms it to whoever has it, from whichever side they come", async () => {
    const number = await people.breaks();
    await people.says(ada, "ack i1");
    people.setNow(at + 5 * minuteMs);

    const reply = await people.says(onGitHub(ada), "ack i1");

    expect(reply).toMatchObject({ outcome: "done", reason: "still_yours", parts: [{ text: "i1 is still yours." }, {}] });
    expect(JSON.stringify(reply)).toContain(`"You are asked again","value":{"at":${at + 5 * minuteMs + timings.remindMs}}`);
    expect(await people.timeline(number)).toHaveLength(2);
  });

  it("changes nothing when it is over, and says how it ended", async () => {
    const number = await people.breaks();
    await people.says(ada, "resolve i1");
    people.setNow(at + 5 * minuteMs);
    const before = await people.find(number);

    await expect(people.says(grace, "ack i1")).rejects.toMatchObject({
      outcome: "not_applicable",
      reason: "over",
      message: "i1 is over: ada closed it. Nothing changed.",
      parts: [{ facts: [{ label: "Over since", value: { at } }] }],
    });
    expect(await people.find(number)).toEqual(before);
  });

  it("is given to exactly one of twenty people who ask at once; nineteen are told who", async () => {
    const number = await people.breaks();
    const crowd = Array.from(
      { length: 20 },
      (_, index): Person => ({ key: `slack:T1/UX${index}`, name: `p${index}`, slackUser: `UX${index}` }),
    );

    const ends = await Promise.allSettled(crowd.map((person) => people.says(person, "ack i1")));

    const owner = (await people.find(number))?.owner?.person.name;
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const losers = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.message] : []));
    expect(losers).toEqual(Array.from({ length: 19 }, () => `${owner} has i1, so nothing changed.`));
    expect((await people.timeline(number)).map(({ kind }) => kind)).toEqual(["opened", "acknowledged"]);
  });

  it("is decided anew where somebody else was faster between look and write", async () => {
    const number = await people.breaks();
    const { records } = people.services;
    let tries = 0;
    const overtaken = {
      async transaction(work: (tx: Transaction) => Promise<unknown>) {
        tries++;
        if (tries === 2) await people.says(grace, "ack i1");
        return records.transaction((tx) => work(tries === 1 ? { ...tx, incidents: { ...tx.incidents, put: async () => false } } : tx));
      },
    } as unknown as Services["records"];
    const take = (before: Incident, now: number) => acknowledge(before, ada, false, now, timings);

    const acted = await new Promise<Acted>((resolveWith, reject) => {
      const answer = async (came: Acted) => {
        resolveWith(came);
        return done("told");
      };
      actOnIncident({ number, repository }, take, answer, { ...people.services, records: overtaken }).catch(reject);
    });

    expect(acted).toMatchObject({ kind: "taken", owner: { person: grace } });
    expect(tries).toBe(2);
  });

  it("names what is open where several are, and does nothing", async () => {
    await people.breaks();
    await people.breaks({ branch: "release/1" });

    await expect(people.says(ada, "ack")).rejects.toMatchObject({
      outcome: "invalid",
      reason: "several_open",
      actions: [{ label: "i2", command: `ack i2 ${repository}@` }, { command: `ack i1 ${repository}@` }],
    });
    await people.breaks({ branch: "release/2" });
    await people.breaks({ branch: "release/3" });
    await expect(people.says(ada, "snooze 1h")).rejects.toMatchObject({
      actions: [],
      choice: { options: [{ command: `snooze i4 1h ${repository}@` }, {}, {}, {}] },
    });
  });

  it("says so where nothing is open, there is no such one, or it is another repository's", async () => {
    await expect(people.says(ada, "ack")).rejects.toMatchObject({
      reason: "nothing_open",
      message: `No incident is open in ${repository}.`,
    });
    await people.breaks();
    await expect(people.says(ada, "ack i9")).rejects.toMatchObject({
      reason: "no_incident",
      message: `There is no incident i9 in ${repository}. Open there: i1.`,
    });
    await expect(people.says(ada, "ack i1", { target: { repository: "acme/else", isHome: true } })).rejects.toMatchObject({
      reason: "not_followed",
      message: expect.stringContaining("config/nextrust.yml, under incidents"),
    });
  });
});

describe("the commands on incidents", () => {
  it.each([ack, escalate, incidents, resolve, snooze, unack] as unknown as readonly Command[])(
    "are offered only where failures are followed: $name",
    ({ isOffered }) => {
      const offered = ["acme/shop", "acme/else", undefined].filter((one) => isOffered?.(one, people.services));

      expect(offered).toEqual(["acme/shop"]);
    },
  );
});

describe("unack", () => {
  it("gives it back, and people are called for it again", async () => {
    const number = await people.breaks();
    await people.says(ada, "ack i1");

    const reply = await people.says(grace, "unack i1");

    expect(reply.parts).toMatchObject([
      { text: "i1 is nobody's again; ada had it." },
      { facts: [{ label: "Escalated unless taken by", value: { at: at + timings.escalateMs } }] },
    ]);
    expect(await people.find(number)).toMatchObject({ state: "open" });
    expect((await people.find(number))?.owner).toBeUndefined();
  });

  it("does nothing where nobody has it, or it is over", async () => {
    await people.breaks();
    await expect(people.says(ada, "unack")).rejects.toMatchObject({
      reason: "nobodys",
      message: "Nobody has i1, so there is nothing to give back.",
      actions: [{ command: `ack i1 ${repository}@` }],
    });
    await people.says(ada, "resolve i1");
    await expect(people.says(ada, "unack i1")).rejects.toMatchObject({ reason: "over" });
  });
});
