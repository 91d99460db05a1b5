import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { faintTexts, misnamed, overflow } from "./flaws.ts";
import { startStandIn } from "./stand-in.ts";
import { startVisits } from "./visits.ts";

let world: Awaited<ReturnType<typeof startStandIn>>;
let visits: Awaited<ReturnType<typeof startVisits>>;

beforeAll(async () => {
  [world, visits] = await Promise.all([startStandIn(), startVisits()]);
  world.pager.connect(`${world.url}/v1/pager`);
});
afterAll(() => Promise.all([world.close(), visits.close()]));
afterEach(async () => {
  expect(await visits.leave(/status of 400/)).toEqual([]);
});

async function ring(key: string, summary: string): Promise<void> {
  const payload = { summary, source: "acme/shop", severity: "critical" };
  const event = { routing_key: world.pager.routingKey, event_action: "trigger", dedup_key: key, payload };
  await fetch(`${world.pager.url}/v2/enqueue`, { method: "POST", body: JSON.stringify(event) });
}

describe("the pager in the console", () => {
  it("is not there before it rings", async () => {
    const page = await visits.open(world.url);

    expect(await page.getByText(/^Pager:/).isVisible()).toBe(false);
  });

  it("shows what rings, and lets whoever is typing acknowledge and resolve it", async () => {
    const page = await visits.open(world.url);
    await ring("k1", "<b>main</b> is broken");
    await page.getByText("Pager: 1 open").waitFor();

    await page.getByRole("button", { name: "Acknowledge: <b>main</b> is broken" }).click();
    await page.getByText("critical, acknowledged by Ada Maintainer").waitFor();
    expect(await page.getByRole("button", { name: /^Acknowledge:/ }).count()).toBe(0);
    await page.getByRole("button", { name: /^Resolve:/ }).click();
    await page.getByText("Pager: nothing rings").waitFor();

    expect(world.pager.incidents()).toMatchObject([{ state: "resolved" }]);
    expect(await page.getByRole("listitem").filter({ hasText: "<b>main</b> is broken" }).getByRole("button").count()).toBe(0);
  });

  it("says so when the bot did not hear of it", async () => {
    const page = await visits.open(world.url);
    world.pager.connect("http://127.0.0.1:9/v1/pager");
    await ring("k2", "another one");

    await page.getByRole("button", { name: "Acknowledge: another one" }).click();

    await page.getByRole("alert").filter({ hasText: "The bot did not hear of it." }).waitFor();
    world.pager.connect(`${world.url}/v1/pager`);
  });

  it.each([1280, 390])("is readable, named and no wider than the window at %d pixels", async (width) => {
    const page = await visits.open(world.url, { viewport: { width, height: 800 } });
    await ring("k3", `a long one ${"x".repeat(200)}`);
    await page.getByRole("button", { name: /^Resolve: a long one/ }).waitFor();

    expect(await faintTexts(page)).toEqual([]);
    expect(await misnamed(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});
