import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "../../src/pipeline/records.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { anEntry } from "../contracts/ledger.ts";
import { eventually } from "../eventually.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { startWorld, type World } from "./world.ts";

const autoFix = { mode: "suggest" as const, retry: true, workflows: [] };
const course = { jobs: { build: "failure", lint: "success" }, logs: { build: "error: the fern has withered\n" } } as const;

let world: World;
let open: string;
let secret: string;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github: { repository, secretRepository } }) => {
      const channel = slack.channels.ci.id;
      return {
        cooldownSeconds: 0,
        runners: [{ label: "ubuntu-*", usdPerMinute: "0.55", roundUp: "minute" }],
        channels: [{ id: channel, repositories: [repository, secretRepository] }],
        incidents: [repository, secretRepository].map((one) => ({
          repository: one,
          channel,
          autoFix,
          triage: aTriage(),
          postMortem: false,
        })),
      };
    },
  });
  open = world.github.repository;
  secret = world.github.secretRepository;
});
afterAll(() => world.close());

const inState = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
  const state = await openEmbedded({ file: world.stateFile });
  try {
    return await state.records.transaction(work);
  } finally {
    await state.close();
  }
};

const spendOnAi = (repository: string, pullRequest: number) =>
  inState(({ ledger }) => ledger.append([anEntry({ id: `x:${repository}`, repository, pullRequest, costPico: 3_200_000_000_000n })]));

const timeOf = (repository: string, pullRequest: number) =>
  inState(async ({ runnerMinutes }) => (await runnerMinutes.sums({ repository, pullRequest }, []))[0]);

/** What the bot wrote there, without what keeps markup from being read. */
const written = async (repository: string, number: number): Promise<readonly string[]> =>
  (await world.github.comments(number, repository))
    .filter(({ author }) => author === world.github.bot.login)
    .map(({ body }) => body.replaceAll("\\", ""));

/** Opens a red pull request, and waits for its status comment. */
async function aRedPull(repository: string): Promise<number> {
  const [number = 0] = await world.github.openPulls("ada", 1, course, repository);
  await eventually(async () => (await timeOf(repository, number))?.jobs === 2);
  await eventually(async () => (await written(repository, number)).length === 1);
  return number;
}

async function askedOn(repository: string, number: number): Promise<string> {
  await world.github.comment("ada", number, "/ci-status", repository);
  return eventually(async () => (await written(repository, number))[1]);
}

describe("what a pull request cost", () => {
  it("stands in its status and in its comment, where only some can read it", async () => {
    const number = await aRedPull(secret);
    await eventually(async () => (await written(secret, number))[0]?.includes("Spent: $1.10 on 2 runner minutes"), 20_000);
    await spendOnAi(secret, number);
    const spent = "Spent: $3.20 on AI, $1.10 on 2 runner minutes";
    expect(await world.ask("ada", `status ${secret}#${number}`)).toContain(spent);
    expect(await askedOn(secret, number)).toContain(spent);
  });

  it("counts a job once, however often GitHub tells of it", async () => {
    const [number = 0] = await world.github.openPulls("ada", 1, { jobs: { lint: "success" } }, secret);
    await eventually(async () => (await timeOf(secret, number))?.jobs === 1);
    const told = world.github.deliveries().findLast(({ event, payload }) => event === "workflow_job" && payload.action === "completed");

    await world.github.redeliver(told?.guid ?? "");
    await world.github.deliverTwice(told?.guid ?? "");
    await world.ask("ada", "status main");

    expect(await timeOf(secret, number)).toMatchObject({ jobs: 1, pricedMs: 60_000, costPico: 550_000_000_000n });
  });

  it("is told in Slack and nowhere else of a public repository, whose standard runners are free", async () => {
    const [before = 0] = await world.github.openPulls("ada", 1, { jobs: { lint: "success" } });
    await spendOnAi(open, before + 1);
    const number = await aRedPull(open);

    expect(number).toBe(before + 1);
    expect((await written(open, number))[0]).not.toContain("Spent");
    expect(await askedOn(open, number)).not.toContain("Spent");
    expect(await world.ask("ada", `status ${open}#${number}`)).toContain("Spent: $3.20 on AI, 2 runner minutes for free");
  });
});
