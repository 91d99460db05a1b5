import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepTask } from "../../src/pipeline/sweep.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { type CalendarServer, startCalendarServer } from "../bot/on-call/calendar-server.ts";
import { aCalendar } from "../bot/on-call/calendars.ts";
import { eventually } from "../eventually.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

const repository = "nextrust/nextrust";

let world: World;
let state: EmbeddedState;
let server: CalendarServer;
beforeAll(async () => {
  server = await startCalendarServer();
  server.serve(aCalendar());
  world = await startWorld({
    settings: ({ slack: { people, channels, ...slack } }) => {
      slack.setGroup("S0RELEASE", ["ada", "uma"]);
      const { ada, grace, ravi } = people;
      const turns = {
        zone: "Europe/Berlin",
        starts: "2020-01-06",
        handover: "09:00",
        everyDays: 1,
        people: [ada.id, grace.id],
        overrides: [],
      };
      return {
        cooldownSeconds: 0,
        onCall: [
          { name: "primary", fallback: ravi.id, rotation: turns },
          { name: "nights", fallback: ravi.id, calendar: { url: server.url, people: { Ada: ada.id } } },
          { name: "release", fallback: ravi.id, group: "S0RELEASE" },
        ],
        incidents: [
          {
            repository,
            channel: channels.ci.id,
            onCall: "nights",
            autoFix: { mode: "suggest", retry: true, workflows: [] },
            triage: aTriage(),
            postMortem: false,
          },
        ],
      };
    },
  });
  state = await openEmbedded({ file: world.stateFile });
});
afterAll(async () => {
  await state.close();
  await world.close();
  await server.close();
});

describe("/ci oncall", () => {
  it("says who is on call and who comes next, and calls nobody", async () => {
    const answer = await world.ask("ada", "oncall primary");

    expect(answer).toMatch(/primary: (ada|grace) is on call/);
    expect(answer).toMatch(/Then:?\s*(ada|grace)/);
    expect(JSON.stringify(world.slack.transcript("ci", "ada").at(-1)?.blocks)).not.toMatch(/"type":"user"|<@/);
  });

  it("knows the members of a user group", async () => {
    expect(await world.ask("ada", "oncall release")).toContain("release: ada, uma are on call");
  });

  it("speaks of the repository's own schedule, which is empty", async () => {
    expect(await world.ask("ada", "oncall")).toContain("nights: nobody is on call: ravi stands in");
  });

  it("is for those who may write", async () => {
    expect(await world.ask("ravi", "oncall")).not.toContain("stands in");
    expect(await world.ask("ada", "help oncall")).toContain("Show who is on call now");
  });
});

describe("an empty schedule", () => {
  it("is told in the channel of its incidents, to the one who stands in, once", async () => {
    const swept = () => world.log().split('"msg":"swept"').length;
    const alerts = () =>
      world.slack.transcript("ci").filter(({ blocks }) => wordsIn(blocks).includes("Nobody is on call: the schedule nights"));

    for (const round of [1, 2]) {
      const before = swept();
      await state.records.transaction(({ queue }) => queue.add({ id: `sweep:by-hand:${round}`, task: sweepTask, payload: null }));
      await eventually(() => swept() > before);
      await eventually(() => alerts().length > 0);
    }

    expect(alerts()).toHaveLength(1);
    expect(JSON.stringify(alerts()[0]?.blocks)).toContain(`"user_id":"${world.slack.people.ravi.id}"`);
    expect(wordsIn(alerts()[0]?.blocks)).toContain(repository);
    expect(world.log()).not.toContain("secret-token");
  });
});
