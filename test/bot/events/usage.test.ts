import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageAnswer } from "../../../src/bot/events/usage-wire.ts";
import type { UsageKey, UsageQuery } from "../../../src/pipeline/usage/ledger.ts";
import { aUsage, type Listening, listen } from "./listening.ts";

let bot: Listening;
beforeAll(async () => {
  bot = await listen();
  await bot.tell(
    aUsage({ id: "a", at: "2026-11-22T22:30:00Z", session: "s1", repository: "acme/shop", pullRequest: 12 }),
    aUsage({ id: "b", at: "2026-11-22T23:30:00Z", session: "s2", model: "gpt-5", provider: "openai", tokens: { prompt_tokens: 7 } }),
    aUsage({
      id: "c",
      at: "2026-11-23T10:00:00Z",
      session: "s2",
      service: "ci",
      costUsd: "0.000000000001",
      model: "x",
      basis: "subscription",
    }),
  );
});
afterAll(() => bot[Symbol.asyncDispose]());

async function ask(search: string): Promise<UsageAnswer> {
  const response = await bot.get(search);
  if (response.status !== 200) throw new Error(await response.text());
  return UsageAnswer.parse(await response.json());
}

describe("what was spent", () => {
  it.each<[string, UsageQuery, readonly UsageKey[]]>([
    ["", {}, []],
    ["?by=model,day", {}, ["model", "day"]],
    ["?by=pr,session", {}, ["pr", "session"]],
    ["?since=2026-11-22T23:00:00Z&until=1795428000000", { since: Date.parse("2026-11-22T23:00:00Z"), until: 1795428000000 }, []],
    ["?session=s2&by=basis", { session: "s2" }, ["basis"]],
    ["?repository=ACME/shop&pullRequest=12", { repository: "acme/shop", pullRequest: 12 }, []],
    ["?model=gpt-5", { model: "gpt-5" }, []],
    ["?service=ci", { service: "ci" }, []],
    ["?service=nobody", { service: "nobody" }, []],
  ])("asked by %s is what the ledger says, to the last digit", async (search, query, by) => {
    const answer = await ask(search);

    expect(answer.sums).toEqual(await bot.ledger((ledger) => ledger.sums(query, by, "UTC")));
    expect(answer.coverage.requests).toBe((await bot.ledger((ledger) => ledger.count(query))).requests);
  });

  it("is told by the day of a zone", async () => {
    const days = (answer: UsageAnswer) => answer.sums.map(({ group, requests }) => `${group} ${requests}`).toSorted();

    expect(days(await ask("?by=day"))).toEqual(["2026-11-22 2", "2026-11-23 1"]);
    expect(days(await ask("?by=day&zone=Europe/Berlin"))).toEqual(["2026-11-22 1", "2026-11-23 2"]);
  });

  it("comes with exact decimals and the share of tokens that they speak for", async () => {
    const answer: unknown = await (await bot.get("?by=basis")).json();

    expect(answer).toMatchObject({
      zone: "UTC",
      by: ["basis"],
      sums: [
        {
          group: ["metered"],
          requests: 2,
          costUsd: { metered: "0.0045", subscription: "0", free: "0" },
          firstAt: "2026-11-22T22:30:00.000Z",
        },
        { group: ["subscription"], costUsd: { metered: "0", subscription: "0.000000000001", free: "0" } },
      ],
      coverage: {
        requests: 3,
        tokens: 2_207,
        unpricedTokens: 7,
        unpriced: [{ model: "gpt-5", provider: "openai", tokens: 7, requests: 1 }],
        lastAt: "2026-11-23T10:00:00.000Z",
      },
    });
  });

  it.each([
    ["?by=price", "by.0 must be one of model, provider, service, basis, phase, actor, session, pr, day."],
    ["?by=model,model", "by names one of them twice."],
    ["?zone=%2B02:00", "zone is not an IANA time zone, such as Europe/Berlin."],
    ["?since=yesterday", "since is neither a moment as 2026-11-23T12:00:00Z nor milliseconds since 1970."],
    ["?since=2026-11-23T12:00:00Z&until=2026-11-22T12:00:00Z", "since is after until."],
    ["?repository=shop", "repository is not of the form owner/name."],
    ["?pullRequest=twelve", "pullRequest is no number."],
    ["?days=7", 'Unrecognized key: "days".'],
    ["?__proto__=x", 'Unrecognized key: "__proto__".'],
    ["?model=a&model=b", "model is there twice."],
    ["?session=%00", "session has characters that cannot be shown."],
  ])("asked by %s is refused with a reason", async (search, reason) => {
    const response = await bot.get(search);

    expect([response.status, await response.text()]).toEqual([400, reason]);
  });

  it("is told to nobody without the token", async () => {
    expect((await bot.get("", "guessed")).status).toBe(401);
  });
});
