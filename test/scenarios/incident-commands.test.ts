import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { timings } from "../../src/pipeline/incidents/timings.ts";
import type { SeenMessage } from "../../src/sandbox/slack/seen-message.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { aRed, store } from "../commands/incidents/an-incident.ts";
import { eventually } from "../eventually.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { aVisitor } from "./visitor.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

const repository = "nextrust/nextrust";
const autoFix = { mode: "suggest", retry: true, workflows: [] } as const;

let world: World;
let state: EmbeddedState;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack }) => ({
      incidents: [
        { repository, channel: slack.channels.ci.id, autoFix: { ...autoFix, workflows: [] }, triage: aTriage(), postMortem: false },
      ],
    }),
  });
  state = await openEmbedded({ file: world.stateFile });
});
afterAll(async () => {
  await state.close();
  await world.close();
});

/** A workflow breaks on main. */
function breaks(workflow: string): Promise<number> {
  const { records } = state;
  const followed = [{ repository, channel: world.slack.channels.ci.id, autoFix, triage: aTriage(), postMortem: false }];
  const subject = { kind: "pipeline", repository, workflowId: 1, workflow, branch: "main", trigger: "branch" } as const;
  const needs = { followed, policies: [], discussions: [], pager: undefined, now: Date.now, timings };
  return store(records, aRed({ key: `pipeline:${workflow}`, subject }), needs);
}

const seen = (as: Who) => world.slack.transcript("ci", as);
const says = (words: string) => (message: SeenMessage) => wordsIn(message.blocks).includes(words);
/** The newest message that says so. */
const told = (words: string, as: Who = "ada") => eventually(() => seen(as).findLast(says(words)));

async function click(as: Who, words: string, label: string): Promise<void> {
  const { id, actions } = await told(words, as);
  const action = actions.find((one) => one.label === label);
  await world.slack.click({ as, messageId: id, actionId: action?.actionId ?? label });
}

const endings = async (text: string) =>
  (await state.records.transaction(({ audit }) => audit.latest(50)))
    .filter((entry) => entry.text.startsWith(text))
    .map(({ actorName, outcome, reason }) => [actorName, outcome, reason]);

describe("an incident", () => {
  it("is taken by a click, taken over by another, and both are written down", async () => {
    expect(await breaks("CI")).toBe(1);
    await click("grace", "i1 CI on main is red: build · nobody has it", "Acknowledge");

    expect((await told("i1 is yours now.", "grace")).visibleTo).toBe(world.slack.people.grace.id);
    const root = await told("i1 CI on main is red: build · grace has it");
    expect((await told("grace has i1 now")).threadTs).toBe(root.ts);

    expect(await world.ask("ada", "ack i1")).toMatch(/grace has i1, so nothing changed\.\nSince: /);
    await click("ada", "grace has i1, so nothing changed.", "Take over");
    await told("i1 is yours now; grace had it.");
    await told("ada took i1 over from grace");

    expect(await endings("ack i1")).toEqual([
      ["ada", "done", "taken_over"],
      ["ada", "not_applicable", "taken"],
      ["grace", "done", "acknowledged"],
    ]);
  });

  it("is asked after in one line below the status of its branch, and on the home tab of those who may take it", async () => {
    expect(await world.ask("ada", "status main")).toContain("i1 CI on main is red: build · ada has it");
    await breaks("Docs");
    await world.ask("grace", "status main");
    expect(
      seen("grace")
        .at(-1)
        ?.actions.map(({ value }) => value),
    ).toContain(`ack i2 ${repository}@`);
    await world.slack.openHome("ada");
    const words = await eventually(() => {
      const text = wordsIn(world.slack.home("ada")?.blocks);
      return text.includes("Your open pull requests") && text;
    });

    expect(words).toMatch(/Red, and yours or nobody's\n[\s\S]*i1 CI on main[\s\S]*Give it back[\s\S]*i2 Docs on main[\s\S]*Acknowledge/);
  });

  it("is named where several are open, and shows what happened", async () => {
    expect(await world.ask("ada", "snooze 1h")).toContain("2 incidents are open in nextrust/nextrust, so nothing was done.");
    const root = seen("ada").find((message) => message.threadTs === undefined && message.actions.some(({ label }) => label === "More"));
    const menu = root?.actions.find(({ label }) => label === "More");
    await world.slack.click({ as: "ada", messageId: root?.id ?? "", actionId: menu?.actionId ?? "", value: `snooze i1 1h ${repository}@` });
    await told("i1 is snoozed: nothing is said of it");

    const answer = await world.ask("ada", "incidents i1");
    expect(answer).toContain("ada snoozed i1, until");
    expect(await world.ask("ada", "incidents")).toContain("i1 CI on main is red: build · ada has it, snoozed");
  });

  it("is one person's on both sides; closing it asks first, and then it is over for everybody", async () => {
    const pull = world.github.pulls.red;
    expect(await world.comment("ada", pull, "/ci-ack i1")).toContain("i1 is still yours.");
    expect(await world.comment("ada", pull, "/ci-incidents")).toContain("is not told where everybody can read it");
    const asked = await world.comment("ada", pull, "/ci-resolve i1");
    expect(asked).toContain("CI on main is still red: build. Close i1 all the same?");
    const [line = ""] = /\/ci-confirm [A-Z2-9]{6}/.exec(asked) ?? [];

    expect(await world.comment("ada", pull, line)).toContain("i1 is closed.");

    expect(await world.ask("grace", "ack i1")).toContain("i1 is over: ada closed it. Nothing changed.");
    await told("i1 CI on main: closed by ada");
  });

  it("asks in Slack by a button that asks once more", async () => {
    await world.ask("ada", "resolve i2");

    const { actions } = await told("Docs on main is still red: build. Close i2 all the same?");
    expect(actions).toMatchObject([{ label: "Close it all the same", confirms: true }]);
  });

  it("is not for those without a role; who only lacks a link has it once they are linked", async () => {
    expect(await world.ask("ravi", "ack i2")).toContain('"ack" needs the role write on nextrust/nextrust; you hold read.');
    await world.github.setRole("uma", "write");
    await click("uma", "i2 Docs on main is red: build · nobody has it", "Acknowledge");
    const { actions } = await told("Do so by this button within ten minutes, and I carry it out then.", "uma");

    const visitor = aVisitor();
    const page = await visitor.submit(await visitor.go(actions[0]?.url ?? ""), { login: "uma", decision: "approve" });
    expect(page.text).toContain("Then I carry out what was asked:");
    await visitor.submit(page);

    await told("i2 is yours now.", "uma");
    await told("i2 Docs on main is red: build · uma has it");
  });
});
