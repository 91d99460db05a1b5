import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { remoteBudgets } from "../../../src/machine/budget/remote.ts";
import { Secret } from "../../../src/secret.ts";
import { aUsage, type Listening, listen, token } from "./listening.ts";

let bot: Listening;
beforeAll(async () => {
  bot = await listen();
  await bot.tell(aUsage({ id: "a", tokens: { input_tokens: 1_000_000, output_tokens: 1 } }));
});
afterAll(() => bot[Symbol.asyncDispose]());

const ask = (search: string, bearer = token) => fetch(`${bot.url}/v1/budget${search}`, { headers: { authorization: `Bearer ${bearer}` } });

describe("GET /v1/budget", () => {
  it("tells to the last digit how the budgets stand that are asked for", async () => {
    expect(await (await ask("?session=s1")).json()).toEqual({
      zone: "UTC",
      budgets: [
        { scope: "session", name: "session s1", warningUsd: "5", limitUsd: "10", spentUsd: "3.000015", reservedUsd: "0", unpriced: [] },
      ],
    });
    expect(await (await ask("")).json()).toEqual({ zone: "UTC", budgets: [] });
  });

  it("lets nobody in without a token, and says what it takes", async () => {
    expect((await ask("", "nobody")).status).toBe(401);
    const wrong = await ask("?sessions=s1");

    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("session, repository and pullRequest")]);
  });
});

describe("the budgets of a bot elsewhere", () => {
  const wish = { id: "w1", service: "claude-code", session: "s2", estimatePico: 6n * 10n ** 12n, leaseMs: 60_000 };
  const budgets = () => remoteBudgets({ url: bot.url, token: new Secret(token) });

  it("are reserved, shown and settled over HTTP", async () => {
    expect(await budgets().reserve(wish)).toEqual({ isGranted: true });
    expect((await budgets().standings({ session: "s2" })).budgets).toMatchObject([{ spentUsd: "0", reservedUsd: "6" }]);
    expect(await budgets().reserve({ ...wish, id: "w2" })).toMatchObject({
      isGranted: false,
      leftUsd: "4",
      message: expect.stringContaining("$4.00 left"),
    });

    expect(await budgets().settle("w1")).toBe(true);
    expect(await budgets().settle("unknown")).toBe(false);
    expect((await budgets().standings({ session: "s2" })).budgets).toMatchObject([{ reservedUsd: "0" }]);
  });
});
