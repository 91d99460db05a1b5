import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const authorization = () => `Bearer ${world.apiToken}`;

async function tell(...events: readonly object[]): Promise<unknown> {
  const response = await fetch(`${world.bot.url}/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: authorization() },
    body: JSON.stringify({ events }),
  });
  return response.json();
}

async function spent(): Promise<unknown> {
  const response = await fetch(`${world.bot.url}/v1/usage?by=pr,model`, { headers: { authorization: authorization() } });
  return response.json();
}

describe("a running bot that programs tell what they spent", () => {
  const usage = () => ({
    type: "usage",
    id: "openai:resp_1",
    at: Date.now(),
    provider: "openai",
    model: "brand-new",
    service: "openai-api",
    tokens: { input_tokens: 1_000, input_tokens_details: { cached_tokens: 600 }, output_tokens: 50 },
    costUsd: "0.25",
    repository: world.github.repository,
    pullRequest: 1,
  });

  it("knows it for ever: after a restart, and when it is told again", async () => {
    expect(await tell(usage())).toMatchObject({ results: [{ status: "recorded" }] });
    await world.restart();
    expect(await tell(usage(), { type: "gift", id: "g" })).toMatchObject({ results: [{ status: "known" }, { status: "invalid" }] });

    expect(await spent()).toMatchObject({
      sums: [
        {
          group: [`${world.github.repository}#1`, "brand-new"],
          requests: 1,
          tokens: { uncachedIn: 400, cacheRead: 600 },
          costUsd: { metered: "0.25" },
        },
      ],
    });
  });

  it("lets nobody else in, and logs no token", async () => {
    const response = await fetch(`${world.bot.url}/v1/events`, {
      method: "POST",
      headers: { authorization: "Bearer guessed" },
      body: "{}",
    });

    expect(response.status).toBe(401);
    expect(world.log()).not.toContain(world.apiToken);
  });
});
