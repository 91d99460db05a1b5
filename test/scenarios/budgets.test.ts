import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { priceBookPath, readPriceBook } from "../../src/config/read-price-book.ts";
import { timings } from "../../src/pipeline/incidents/timings.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
let pull: number;
let repository: string;

beforeAll(async () => {
  const read = readPriceBook(priceBookPath(undefined));
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  world = await startWorld({
    priceBook: read.priceBook,
    timings: { ...timings, budgetsMs: 300 },
    settings: ({ slack, config }) => ({ budgets: { channel: slack.channels.ci.id, zone: "UTC" }, allow: config.settings.allow }),
  });
  world.github.setPrivate(true);
  pull = world.github.pulls.red;
  repository = world.github.repository;
});
afterAll(() => world.close());

interface Result {
  readonly status: string;
  readonly message?: string;
  readonly leftUsd?: string;
}

async function send(...events: object[]): Promise<readonly Result[]> {
  const answer = await fetch(`${world.bot.url}/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${world.apiToken}` },
    body: JSON.stringify({ events }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { results: readonly Result[] }).results;
}

/** Sonnet's answers at $15 for a million tokens. */
const spent = (id: string, dollars: number) => ({
  type: "usage",
  id,
  at: Date.now(),
  provider: "anthropic",
  model: "claude-sonnet-4-5-20250929",
  service: "claude-code",
  tokens: { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: (dollars / 15) * 1_000_000 },
  repository,
  pullRequest: pull,
});

const ask = (id: string) =>
  send({ type: "reserve", id, service: "claude-code", estimateUsd: "2.00", repository, pullRequest: pull }).then(([result]) => result);

const alerts = () =>
  world.slack
    .transcript("ci")
    .map(({ blocks }) => wordsIn(blocks))
    .filter((words) => words.includes("Budget") || words.includes("budget") || /\$\d/.test(words));
const comments = async () =>
  (await world.github.comments(pull)).filter(({ author, body }) => author === world.github.bot.login && body.includes("$"));

describe("what a pull request may cost", () => {
  it("is told once when one run crosses its warning and its limit, in the channel and where it was spent", async () => {
    expect(await send(spent("anthropic:msg_1", 6), spent("anthropic:msg_2", 15))).toMatchObject([
      { status: "recorded" },
      { status: "recorded" },
    ]);

    await eventually(() => alerts().length > 0);
    await eventually(async () => (await comments()).length > 0);
    await eventually(() => alerts().at(-1)?.includes("$21.00 of $20.00 (105 %)"));

    expect(alerts()).toHaveLength(1);
    expect(alerts()[0]).toContain(`${repository}#${pull}: $21.00 of $20.00 (105 %)`);
    await eventually(async () => (await comments())[0]?.body.includes("21.00 of"));
    expect(await comments()).toHaveLength(1);
  });

  it("is told no second time for requests that were told before", async () => {
    expect(await send(spent("anthropic:msg_2", 15))).toMatchObject([{ status: "known" }]);

    expect(alerts()).toHaveLength(1);
  });

  it("refuses the next paid call with what is left, and says who can raise it", async () => {
    expect(await ask("call-1")).toMatchObject({
      status: "refused",
      leftUsd: "0",
      message: expect.stringContaining(`budget override ${repository}#${pull} <amount>`),
    });
  });

  it("is an admin's to raise, who says why", async () => {
    expect(await world.ask("ada", `budget override #${pull} 40 -- release`)).toContain('"budget" needs the role admin');
    expect(await world.ask("grace", `budget override #${pull} 40`)).toContain("Say why");

    expect(await world.ask("grace", `budget override #${pull} 40 -- the last review before the release`)).toContain(
      `${repository}#${pull} may cost $40.00 for now, says grace`,
    );

    await eventually(() => !alerts()[0]?.includes("are refused"));
    expect(await ask("call-1")).toMatchObject({ status: "granted" });
  });

  it("is shown with what is reserved, and with why it was raised", async () => {
    const shown = await world.ask("ada", `budget #${pull}`);

    expect(shown).toContain("$21.00 of $40.00 (52 %), up to $2.00 more by calls under way");
    expect(shown).toContain("limit set by grace");
    expect(shown).toContain("the last review before the release");
    expect(shown).toMatch(/\$21\.00 of \$500\.00 \(4 %\)/);
    expect(await world.ask("ada", `status #${pull}`)).toMatch(/Spent: \$21\.00 on AI\nIts budget:\s+\$21\.00 of \$40\.00 \(52 %\)/);
  });

  it("is settled by who reserved it", async () => {
    expect(
      await send({ type: "settle", id: "s1", reservation: "call-1" }, { type: "settle", id: "s2", reservation: "nobody" }),
    ).toMatchObject([{ status: "settled" }, { status: "unknown_reservation" }]);

    expect(await world.ask("ada", `budget #${pull}`)).not.toContain("under way");
  });

  it("is shown on no public repository, neither asked nor of its own accord", async () => {
    world.github.setPrivate(false);
    const before = (await comments()).length;

    await send(spent("anthropic:msg_3", 30));
    await eventually(() => alerts().some((words) => words.includes("$51.00 of $40.00")));

    expect(await world.comment("ada", pull, "/ci-budget")).toContain("is not told where everybody can read it");
    expect((await comments()).filter(({ body }) => body.includes("51.00"))).toEqual([]);
    expect(await comments()).toHaveLength(before);
  });
});
