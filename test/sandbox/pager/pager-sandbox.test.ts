import { createHmac } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, readBody } from "../../../src/bot/http.ts";
import { serve } from "../../../src/bot/http-server.ts";
import { type PagerSandbox, startPagerSandbox } from "../../../src/sandbox/pager/pager-sandbox.ts";

let sandbox: PagerSandbox;
beforeEach(async () => {
  sandbox = await startPagerSandbox();
});
afterEach(() => sandbox.close());

const anEvent = (more: object = {}) => ({
  routing_key: sandbox.routingKey,
  event_action: "trigger",
  dedup_key: "k1",
  payload: { summary: "It broke", source: "acme/shop", severity: "critical" },
  ...more,
});

const enqueue = (event: object) => fetch(`${sandbox.url}/v2/enqueue`, { method: "POST", body: JSON.stringify(event) });

describe("the sandbox's pager", () => {
  it("takes a good event with the words that PagerDuty has", async () => {
    const answered = await enqueue(anEvent());

    expect(answered.status).toBe(202);
    expect(await answered.json()).toEqual({ status: "success", message: "Event processed", dedup_key: "k1" });
  });

  it.each<[string, object]>([
    ["another key", { routing_key: "x" }],
    ["an action that there is none of", { event_action: "snooze" }],
    ["nothing to show", { payload: undefined }],
    ["no severity", { payload: { summary: "x", source: "y" } }],
    ["a field that nobody knows", { dedupkey: "k1" }],
    ["a link to nowhere", { links: [{ href: "nowhere", text: "x" }] }],
  ])("refuses %s", async (_, wrong) => {
    expect((await enqueue(anEvent(wrong))).status).toBe(400);
    expect(sandbox.incidents()).toEqual([]);
  });

  it("tells the bot what people do, signed", async () => {
    const got: { signature: string | undefined; body: string }[] = [];
    const route = {
      method: "POST",
      path: "/v1/pager",
      async handle(request, response) {
        got.push({
          signature: request.headers["x-pagerduty-signature"] as string | undefined,
          body: (await readBody(request, 10_000)).toString(),
        });
        answer(response, 202);
      },
    } satisfies Parameters<typeof serve>[0][number];
    const bot = await serve([route], { host: "127.0.0.1", port: 0, log: pino({ level: "silent" }) });
    await enqueue(anEvent());
    sandbox.connect(`${bot.url}/v1/pager`);

    const statuses = [await sandbox.act("k1", "acknowledged", "Ada"), await sandbox.act("k1", "resolved", "Ada")];
    await bot.close();

    expect(statuses).toEqual([202, 202]);
    for (const { signature, body } of got) expect(signature).toBe(`v1=${createHmac("sha256", sandbox.secret).update(body).digest("hex")}`);
    expect(got.map(({ body }) => JSON.parse(body).event)).toMatchObject([
      { event_type: "incident.acknowledged", agent: { type: "user_reference", summary: "Ada" }, data: { incident_key: "k1" } },
      { event_type: "incident.resolved" },
    ]);
    await expect(sandbox.act("k1", "acknowledged", "Ada")).rejects.toThrow("nothing open");
  });
});
