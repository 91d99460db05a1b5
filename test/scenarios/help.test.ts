import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const buttons = () => world.slack.transcript("ci", "ada").at(-1)?.actions ?? [];

describe("/ci help", () => {
  it("is grouped by what it does, for what this person may do here", async () => {
    await world.github.setRole("grace", "admin");
    const [ada, grace, uma] = [await world.ask("ada", "help"), await world.ask("grace", "help"), await world.ask("uma", "help")];

    const order = ["What you may do here", "Look:", "/ci status", "Act:", "/ci retry-job", "Administer:", "/ci freeze"];
    expect(order.map((words) => grace.indexOf(words))).toEqual(order.map((words) => grace.indexOf(words)).toSorted((a, b) => a - b));
    expect(order.every((words) => grace.includes(words))).toBe(true);
    expect(ada).not.toContain("Administer:");
    expect(ada).toContain("Not yours here: clear-cache, freeze, unfreeze.");
    expect(uma).not.toContain("/ci retry-job <job>");
  });

  it.each(commands.map(({ name }) => name))("%s shows every example with what it does", async (name) => {
    const answer = await world.ask("ada", `help ${name}`);

    const command = commands.find((each) => each.name === name);
    expect(command?.examples.length).toBeGreaterThan(0);
    for (const { args, does } of command?.examples ?? []) {
      expect(answer).toContain(`/ci ${name} ${args}`.trim());
      expect(answer).toContain(does);
    }
  });

  it("says which role a command needs, which one is held, whether it changes something and asks first", async () => {
    const [approve, freeze, status] = [
      await world.ask("ada", "help approve-run"),
      await world.ask("ada", "help freeze"),
      await world.ask("uma", "help status"),
    ];

    expect(approve).toMatch(/Needs: \nthe role write\n\nYou hold: \nmaintain\n\nChanges something: \nyes\n\nAsks first: \nyes/);
    expect(approve).toContain("You may use it here.");
    expect(freeze).toMatch(/Needs: \nthe role admin[\s\S]*needs the role admin on nextrust\/nextrust; you hold maintain/);
    expect(status).not.toContain("You hold:");
    expect(status).toMatch(/Changes something: \nno/);
  });

  it("has a button for an example that harms nothing, which works, and none for others", async () => {
    await world.ask("ada", "help freeze");
    const ofFreeze = buttons();
    await world.ask("ada", "help whoami");
    const [whoami] = buttons();
    const message = world.slack.transcript("ci", "ada").at(-1);

    await world.slack.click({ as: "ada", messageId: message?.id ?? "", actionId: whoami?.actionId ?? "" });

    expect(ofFreeze).toEqual([]);
    expect(whoami?.value).toBe("whoami");
    await eventually(() => world.slack.transcript("ci", "ada").some(({ blocks }) => wordsIn(blocks).includes("Your role: \nmaintain")));
  });

  it("offers to try only what reads, and what names nothing that was made up", () => {
    const tried = commands.flatMap(({ name, isMutating, ask, examples }) =>
      examples.filter(({ canBeTried }) => canBeTried).map(({ args }) => ({ name, args, isMutating, ask })),
    );

    expect(tried.length).toBeGreaterThan(5);
    for (const one of tried) expect(one).toMatchObject({ isMutating: undefined, ask: undefined, args: expect.not.stringMatching(/[#@/]/) });
  });
});
