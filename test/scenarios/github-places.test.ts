import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { type Asked, places } from "./places.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const reactions = ({ reactions: given }: { readonly reactions: readonly { readonly content: string }[] }) =>
  given.map(({ content }) => content).toSorted();

describe.each(Object.entries(places))("%s", (_, place) => {
  let asked: Asked;

  it("takes a command, reacts on what was said, and answers where it was said", async () => {
    asked = await place.say(world.github, "ada", "Hm.\n\n/ci-whoami");

    const [answer, ...others] = await eventually(() =>
      place.answers(world.github, asked).then((all) => (all.length > 0 ? all : undefined)),
    );
    expect(answer?.body).toContain("Your role: maintain");
    expect(others).toEqual([]);
    await eventually(async () => reactions(await place.look(world.github, asked)).length === 2);
    expect(reactions(await place.look(world.github, asked))).toEqual(["EYES", "ROCKET"]);
  });

  it("runs nothing of an edit, and writes down what another person put in", async () => {
    const before = (await place.answers(world.github, asked)).length;

    await place.edit(world.github, "ada", asked, "Hm.\n\n/ci-whoami\n/ci-help");
    await place.edit(world.github, "grace", asked, `Hm.\n\n/ci-whoami\n/ci-can status ${asked.id}`);

    await eventually(() => world.log().includes(`can status ${asked.id}`));
    expect(world.log()).toContain("tampered");
    expect((await place.answers(world.github, asked)).length).toBe(before);
  });

  it("answers once under one GUID or two", async () => {
    await Promise.all([world.github.redeliver(asked.guid), world.github.deliverTwice(asked.guid)]);
    // What comes after it is answered after it.
    await world.ask("ada", "whoami");

    expect(await place.answers(world.github, asked)).toHaveLength(1);
  });

  it("posts once although GitHub's answer to the post was lost", async () => {
    const calls = world.github.calls().length;
    world.github.fail(place.posts, "drop-after");
    const again = await place.say(world.github, "ada", "/ci-whoami");

    // Found again, it is edited.
    const since = () =>
      world.github
        .calls()
        .slice(calls)
        .map(({ name }) => name);
    await eventually(() => since().some((name) => place.finds.test(name)) && since().some((name) => place.edits.test(name)));

    expect(await place.answers(world.github, again)).toHaveLength(1);
  });

  it("hears no bot", async () => {
    const deliveries = world.github.deliveries().filter(({ payload }) => (payload.sender as { type?: string } | undefined)?.type === "Bot");

    expect(deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status))).toEqual(deliveries.map(() => 202));
    expect(world.log()).not.toContain("has an unknown shape");
  });
});
