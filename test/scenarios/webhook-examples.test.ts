import { createRequire } from "node:module";
import type { WebhookDefinition } from "@octokit/webhooks-examples";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

// The package is one JSON file, which its types do not say.
const definitions: readonly WebhookDefinition[] = createRequire(import.meta.url)("@octokit/webhooks-examples");

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe("GitHub's own example deliveries", () => {
  it("are more than three hundred, of more than fifty events", () => {
    expect(definitions.length).toBeGreaterThan(50);
    expect(definitions.flatMap(({ examples }) => examples).length).toBeGreaterThan(300);
  });

  it.each(definitions.map(({ name, examples }) => ({ name, examples })))(
    "$name is taken, and nothing is done",
    async ({ name, examples }) => {
      const callsBefore = world.github.calls().length;

      const deliveries = await Promise.all(examples.map((example) => world.github.deliver(name, { ...example })));

      for (const { attempts } of deliveries) expect(attempts).toEqual([expect.objectContaining({ status: 202 })]);
      expect(world.github.calls().slice(callsBefore)).toEqual([]);
    },
  );

  it("leave no reply, no error and no secret behind, and the bot at work", async () => {
    const help = await world.ask("ada", "help");

    expect(help).toContain("What you may do here");
    expect(world.github.calls().filter(({ name }) => name.includes("graphql"))).toEqual([]);
    const levels = world
      .log()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line).level);
    expect(Math.max(...levels)).toBeLessThan(40);
    for (const secret of [world.slack.botToken, world.github.app.webhookSecret, "PRIVATE KEY", "ghs_"])
      expect(world.log()).not.toContain(secret);
  });

  it("are heard all the same: a command in one of them is taken", async () => {
    const [example] = definitions.find(({ name }) => name === "issue_comment")?.examples ?? [];
    const comment = { ...example, comment: { ...(example as { comment: object }).comment, body: "/ci-help" } };

    await world.github.deliver("issue_comment", comment);
    await world.ask("ada", "help");

    await eventually(() => world.log().includes("github:comment:492700400"));
  });
});
