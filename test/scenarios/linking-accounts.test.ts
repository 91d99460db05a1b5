import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { aVisitor } from "./visitor.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: () => ({ links: [], cooldownSeconds: 0 }) });
  for (const who of ["ada", "uma"] as const) {
    await world.ask(who, "link");
    const visitor = aVisitor();
    const url = world.slack.transcript("ci", who).at(-1)?.actions[0]?.url ?? "";
    await visitor.submit(await visitor.submit(await visitor.go(url), { login: who, decision: "approve" }));
  }
});
afterAll(() => world.close());

const told = (who: "ada" | "uma", words: string) =>
  world.slack.transcript("dm", who).filter(({ blocks }) => wordsIn(blocks).includes(words));

describe("the account of a link", () => {
  it("stays the same person's when it is renamed, at the first look", async () => {
    world.github.renameAccount("ada", "ada-lovelace");

    expect(await world.ask("ada", "status nextrust/secret@", "random")).toContain("main:");
    await eventually(async () => (await world.ask("ada", "whoami")).includes("ada-lovelace (id"));
  });

  it("ends the link when it is gone, and tells the person once", async () => {
    world.github.deleteAccount("uma");

    expect(await world.ask("uma", "status nextrust/secret@", "random")).toContain("you hold none");

    await eventually(() => told("uma", "is no longer on GitHub, so I took it off you here.").length > 0);
    expect(await world.ask("uma", "whoami")).toContain("not linked");
    expect(await world.ask("uma", "status nextrust/secret@", "random")).toContain("you are not linked");
    expect(told("uma", "is no longer on GitHub")).toHaveLength(1);
  });
});
