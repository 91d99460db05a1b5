import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { asApp, asAppItself, statusOf } from "./clients.ts";
import { createReceiver } from "./receiver.ts";

let github: GitHubSandbox;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
beforeEach(async () => {
  [github, receiver] = await Promise.all([startGitHubSandbox(), createReceiver()]);
  github.connect(receiver.url);
});
afterEach(() => Promise.all([github.close(), receiver.close()]));

type Query = { status?: "success" | "failure"; cursor?: string };
const list = async (query: Query = {}) => (await asAppItself(github).request("GET /app/hook/deliveries", query)).data;
const again = (delivery_id: number | bigint) =>
  asAppItself(github).request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: Number(delivery_id) });
const say = (text: string) => github.comment("ravi", github.pulls.red, text);

describe("the App's log of deliveries", () => {
  it("holds every attempt with how it was taken, the newest first", async () => {
    const { guid } = await say("one");
    receiver.status = 503;
    await say("two");

    const [failed, taken] = await list();
    expect(taken).toEqual({
      id: expect.any(Number),
      guid,
      delivered_at: expect.stringMatching(/^\d{4}-.*Z$/),
      redelivery: false,
      duration: expect.any(Number),
      status: "OK",
      status_code: 202,
      event: "issue_comment",
      action: "created",
      installation_id: github.app.installationId,
      repository_id: expect.any(Number),
      throttled_at: null,
    });
    expect(failed).toMatchObject({ status: "Invalid HTTP Response: 503", status_code: 503 });
    expect(failed?.id).toBeGreaterThan(taken?.id ?? 0);
    expect(taken?.id).toBeGreaterThan(2 ** 32);
  });

  it("counts as failed what was refused, and what nobody took", async () => {
    await say("taken");
    receiver.status = 500;
    const refused = await say("refused");
    await receiver.close();
    const lost = await say("nobody listens");

    expect((await list({ status: "failure" })).map(({ guid }) => guid)).toEqual([lost.guid, refused.guid]);
    expect(await list({ status: "success" })).toHaveLength(1);
  });

  it("counts as failed what was sent before a receiver was connected", async () => {
    const alone = await startGitHubSandbox();
    await alone.comment("ravi", alone.pulls.red, "too early");

    const { data } = await asAppItself(alone).request("GET /app/hook/deliveries", { status: "failure" });

    expect(data).toMatchObject([{ status: "failed to connect to host", status_code: 502 }]);
    await alone.close();
  });

  it("comes in pages, each with the cursor of the next", async () => {
    for (const text of ["1", "2", "3", "4", "5"]) await say(text);
    const pages: (number | bigint)[][] = [];

    for (let cursor: string | undefined, more = true; more; ) {
      const { data, headers } = await asAppItself(github).request("GET /app/hook/deliveries", { per_page: 2, ...(cursor && { cursor }) });
      pages.push(data.map(({ id }) => id));
      cursor = /[?&]cursor=([^&>]+).*rel="next"/.exec(headers.link ?? "")?.[1];
      more = cursor !== undefined;
    }

    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual((await list()).map(({ id }) => id));
    await expect(list({ cursor: "nonsense" })).rejects.toMatchObject({ status: 400 });
  });

  it("shows one delivery with what was sent and answered", async () => {
    await say("/ci-status");
    const [{ id } = { id: 0 }] = await list();

    const { data } = await asAppItself(github).request("GET /app/hook/deliveries/{delivery_id}", { delivery_id: Number(id) });

    expect(data).toMatchObject({
      id,
      request: { headers: { "x-github-event": "issue_comment" }, payload: { comment: { body: "/ci-status" } } },
      response: { headers: expect.any(Object), payload: "" },
    });
    expect(await statusOf(asAppItself(github).request("GET /app/hook/deliveries/1"))).toBe(404);
  });

  it("sends a delivery again under its GUID, as an attempt of its own", async () => {
    receiver.status = 500;
    const { guid } = await say("/ci-status");
    receiver.status = 202;
    const [{ id } = { id: 0 }] = await list();

    expect(await again(id)).toMatchObject({ status: 202, data: {} });

    await expect
      .poll(() => list())
      .toMatchObject([
        { guid, redelivery: true, status: "OK" },
        { id, guid, redelivery: false },
      ]);
    expect(receiver.received.map(({ headers }) => headers["x-github-delivery"])).toEqual([guid, guid]);
    expect(await statusOf(again(1))).toBe(404);
  });

  it("is for the App itself, not for its installations, and knows nothing of other hooks", async () => {
    const { guid } = await say("/ci-status");
    await github.deliverTwice(guid);

    expect(await list()).toHaveLength(1);
    const { token } = (await asApp(github).auth({ type: "installation" })) as { token: string };
    expect((await fetch(`${github.url}/app/hook/deliveries`, { headers: { authorization: `token ${token}` } })).status).toBe(401);
  });
});

describe("disturbed deliveries", () => {
  const bodies = () => receiver.received.map(({ body }) => JSON.parse(body).comment.body);
  const guids = () => receiver.received.map(({ headers }) => headers["x-github-delivery"]);

  it("come twice under two GUIDs, as from an organisation's hook, until that is over", async () => {
    github.disturbDeliveries({ duplicate: true });
    const { guid } = await say("twice");
    github.disturbDeliveries({});
    await say("once");

    expect(bodies().toSorted()).toEqual(["once", "twice", "twice"]);
    expect(new Set(guids()).size).toBe(3);
    expect((await list()).map((item) => item.guid)).toContain(guid);
    expect(receiver.received.map(({ headers }) => headers["x-github-hook-installation-target-type"])).toContain("organization");
  });

  it("come in pairs, the later first", async () => {
    github.disturbDeliveries({ reorder: true });

    const first = say("first");
    await expect.poll(() => github.deliveries().length).toBe(1);
    await Promise.all([first, say("second")]);

    expect(bodies()).toEqual(["second", "first"]);
  });

  it("are not held back for ever when no other follows", async () => {
    github.disturbDeliveries({ reorder: true });

    await say("alone");

    expect(bodies()).toEqual(["alone"]);
  });

  it("get lost as often as told, which only the log knows", async () => {
    github.disturbDeliveries({ drop: 1 });
    const lost = await say("lost");
    await say("taken");

    expect(bodies()).toEqual(["taken"]);
    expect(await list({ status: "failure" })).toMatchObject([{ guid: lost.guid }]);
  });
});
