import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toPage } from "../../src/pipeline/pager/page.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { aPage } from "../pipeline/pager/a-page.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      incidents: [
        {
          repository: github.repository,
          channel: slack.channels.ci.id,
          autoFix: { mode: "suggest", retry: true, workflows: [] },
          triage: aTriage(),
          postMortem: false,
        },
      ],
    }),
  });
});
afterAll(() => world.close());

async function page(incident: number): Promise<void> {
  const state = await openEmbedded({ file: world.stateFile });
  const { repository } = world.github;
  await state.records.transaction(({ queue }) => queue.add(toPage(aPage({ incident, repository }))));
  await state.close();
}

const readyz = async () => {
  const answer = await fetch(`${world.bot.url}/readyz`);
  return { status: answer.status, checks: ((await answer.json()) as { checks: Record<string, string> }).checks };
};

describe("the pager of a running bot", () => {
  it("rings, and the bot hears what is done there", async () => {
    await page(1);
    const { key } = await eventually(() => world.pager.incidents()[0]);

    expect(await world.pager.act(key, "acknowledged", "Ada Lovelace")).toBe(202);
    expect((await readyz()).checks.pager).toBe("ok");
  });

  it("is down: the channel is told, and the bot stays ready", async () => {
    world.pager.fail({ down: true, times: 1 });
    const mend = world.pager.fail({ status: 500 });
    await page(2);
    const saysSo = () => world.slack.transcript("ci").find(({ blocks }) => wordsIn(blocks).includes("The pager does not answer"));
    await eventually(saysSo);

    const { status, checks } = await readyz();
    expect(status).toBe(200);
    expect(checks.pager).toMatch(/^The pager (cannot be reached|answered 500)\. \(since 20/);

    mend();
    await eventually(() => world.pager.incidents().length === 2);
    await eventually(() => saysSo() === undefined);
    expect(wordsIn(world.slack.transcript("ci").map(({ blocks }) => blocks))).toContain("The pager answers again. 1 page was late.");
  });
});
