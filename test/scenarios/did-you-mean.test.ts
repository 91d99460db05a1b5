import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const offersTo = async (as: "ada" | "uma", text: string) => {
  const answer = await world.ask(as, text);
  const message = world.slack.transcript("ci", as).at(-1);
  const click = async (at: number) => {
    const before = world.slack.transcript("ci", as).length;
    await world.slack.click({ as, messageId: message?.id ?? "", actionId: message?.actions[at]?.actionId ?? "" });
    return wordsIn((await eventually(() => world.slack.transcript("ci", as)[before])).blocks);
  };
  return { answer, offers: message?.actions.map(({ value }) => value) ?? [], click };
};

/** Changes ada's role, and lets the bot forget the one it read a moment ago. */
const setRole = async (role: "read" | "maintain") => {
  await world.github.setRole("ada", role);
  const state = await openEmbedded({ file: world.stateFile });
  await state.keys.set(`role:${world.github.repository}:${world.github.people.ada.id}`, null, 0);
  await state.close();
};

describe("a command that was mistyped", () => {
  it("is offered under its right name, with all that was typed, by a button that does it", async () => {
    const { answer, offers, click } = await offersTo("ada", "statsu main");

    expect(answer).toContain('There is no command "statsu". Did you mean /ci status');
    expect(offers).toEqual(["status main", "help"]);
    expect(await click(0)).toContain("main: all");
  });

  it("asks for the role again when the button is one that changes something", async () => {
    const { offers, click } = await offersTo("ada", 'retry-jbo "test-rust (m68040)" #2 -- flaky');
    expect(offers[0]).toBe('retry-job "test-rust (m68040)" #2 -- flaky');

    await setRole("read");
    const before = world.github.calls().length;
    expect(await click(0)).toContain("needs the role write on nextrust/nextrust; you hold read");
    await setRole("maintain");

    const changes = world.github
      .calls()
      .slice(before)
      .filter(({ name }) => /rerun/.test(name));
    expect(changes).toEqual([]);
  });

  it("is offered first what this person may use here, and only that as a button", async () => {
    const ada = await offersTo("ada", "can-");
    const uma = await offersTo("uma", "unfreez");

    expect(ada.offers[0]).toBe("can");
    expect(uma.answer).toContain("Did you mean /ci unfreeze?");
    expect(uma.offers).toEqual(["help"]);
  });

  it("is offered in help and can too", async () => {
    expect((await offersTo("ada", "help statsu")).offers).toEqual(["help status", "help"]);
    expect((await offersTo("ada", "can statsu")).offers).toEqual(["can status", "help"]);
  });

  it("offers nothing where nothing is near, and reads no role for it", async () => {
    const before = world.github.calls().length;
    const { answer, offers } = await offersTo("ada", "xyzzyplugh");

    expect(answer).toContain('There is no command "xyzzyplugh".');
    expect(answer).not.toContain("Did you mean");
    expect(offers).toEqual(["help"]);
    expect(world.github.calls().length).toBe(before);
  });

  it("is offered on GitHub to be copied", async () => {
    const reply = await world.comment("ada", world.github.pulls.green, "/ci-statu #1");

    expect(reply).toContain("` /ci-status #1 `");
  });
});

describe("an argument that was mistyped", () => {
  it.each([
    ["retry-job --faild #2", "--failed", "retry-job --failed #2"],
    ["retry-job --failed --dbug #2", "--debug", "retry-job --failed --debug #2"],
    ["clear-cache --all-ref nextrust/nextrust@", "--all-refs", "clear-cache --all-refs nextrust/nextrust@"],
    ["audit actr=ada limit=3", "actor=ada", "audit actor=ada limit=3"],
  ])("%s is offered with %s", async (typed, meant, corrected) => {
    const { answer, offers } = await offersTo("ada", typed);

    expect(answer).toContain(`Did you mean ${meant}?`);
    expect(offers).toEqual([corrected]);
  });

  it("is a job's name, too", async () => {
    expect((await offersTo("ada", "get-logs test-rsut #2")).answer).toMatch(
      /No job on #2.* is called “test-rsut”\. Did you mean “CI \/ test-rust \(m68030\)” or “CI \/ test-rust \(m68040\)”\? There are:/,
    );
    expect((await offersTo("ada", "get-logs emulatoin-test #2")).answer).toContain("Did you mean “CI / emulation-test”?");
  });
});
