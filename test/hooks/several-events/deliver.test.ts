import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { deliver, deliverAtStart } from "../../../src/hooks/several-events/deliver.ts";
import { readBudgets } from "../../../src/state/embedded/read-budgets.ts";
import { now as botsNow, listen, token } from "../../bot/events/listening.ts";
import { aTold, aUsageOf } from "../../state/sessions/a-journal.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

const stop = deliver("stop");
const payload = aPayload("stop");
const at = (ms: number) => ({ now: () => botsNow + ms });
const waiting = ({ journal }: ReturnType<typeof aContext>) => journal().spool.standing().waiting;

/** A context whose variables name a bot. */
const toBot = (checkout: Checkout, url: string, given: { readonly now?: () => number } = at(0)) =>
  aContext(checkout, { variables: { NEXTRUST_URL: url, NEXTRUST_API_TOKEN: token }, ...given });

async function aServer(answer: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

describe("telling a bot", () => {
  it("tells everything that waits, once", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = toBot(checkout, bot.url);
    const failure = aTold("f1", { repository: "acme/shop", headSha: "a".repeat(40) });
    context.journal().spool.add([aUsageOf("s-1"), failure], botsNow);

    await stop.run(payload, context);
    await stop.run(payload, context);

    expect(waiting(context)).toBe(0);
    expect(await bot.total()).toMatchObject({ requests: 1, costPico: { metered: 4_500_000_000n } });
    expect(await bot.records.transaction((tx) => tx.observed.ofHead("acme/shop", "a".repeat(40), 10))).toEqual([failure]);
    expect(context.notes).toEqual([]);
  });

  it("tells nothing of a memory that somebody has committed, and says how to mend it", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = toBot(checkout, bot.url);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);
    checkout.git("add", "--force", ".nextrust/hooks.db");

    const said = await deliverAtStart.run(aPayload("session-start"), context);

    expect(said).toMatchObject({ kind: "tell", text: expect.stringContaining("To mend it: git rm --cached -r .nextrust") });
    expect([waiting(context), await bot.total()]).toEqual([1, undefined]);
  });

  it("tells what it remembers though other files beside it are committed", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = toBot(checkout, bot.url);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);
    checkout.git("add", "--force", ".nextrust/.gitignore");

    await deliverAtStart.run(aPayload("session-start"), context);

    expect([waiting(context), (await bot.total())?.requests]).toEqual([0, 1]);
  });

  it("learns how the budgets stand after something was spent, and now and then", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = toBot(checkout, bot.url);
    context.journal().spool.add([aUsageOf("s-1", "anthropic:msg_1", 400_000)], botsNow);

    await stop.run(payload, context);

    expect(context.journal().standings.of("s-1")).toMatchObject({
      at: botsNow,
      reached: [{ level: "warning", name: "session s-1", argument: "session:s-1", spent: "$6.00 of $10.00 (60 %)" }],
    });
    using later = toBot(checkout, bot.url, at(4 * 60_000));
    await stop.run(payload, later);
    expect(later.journal().standings.of("s-1")?.at).toBe(botsNow);
    using evenLater = toBot(checkout, bot.url, at(5 * 60_000));
    await stop.run(payload, evenLater);
    expect(evenLater.journal().standings.of("s-1")?.at).toBe(botsNow + 5 * 60_000);
  });

  it.each<[string, RequestListener, RegExp]>([
    ["is down", (_, response) => response.writeHead(503).end("Storage is down."), /cannot answer now: Storage is down/],
    ["is slow", () => {}, /did not answer within 0\.5 seconds/],
    ["falls silent", (_, response) => response.writeHead(200).flushHeaders(), /did not answer within 0\.5 seconds/],
    ["hangs up", (request) => request.socket.destroy(), /cannot be reached/],
  ])("leaves it waiting when the bot %s, and asks no more for half a minute", async (_, answer, why) => {
    using checkout = aCheckout();
    const bot = await aServer(answer);
    using context = toBot(checkout, bot.url);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);

    await deliver("post-tool-use").run(aPayload("post-tool-use"), context);
    await stop.run(payload, context);
    const said = await deliverAtStart.run(aPayload("session-start"), context);

    expect(bot.asked()).toBe(1);
    expect(waiting(context)).toBe(1);
    expect(context.notes).toMatchObject([{ why: expect.stringMatching(why), waiting: 1 }]);
    expect(said).toBeUndefined();
  });

  it("is not asked behind every tool, but when Claude Code stops", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = toBot(checkout, bot.url);
    const tool = deliver("post-tool-use");
    await tool.run(aPayload("post-tool-use"), context);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);

    await tool.run(aPayload("post-tool-use"), context);
    expect(waiting(context)).toBe(1);
    using later = toBot(checkout, bot.url, at(30_000));
    await tool.run(aPayload("post-tool-use"), later);
    expect(waiting(context)).toBe(0);

    context.journal().spool.add([aUsageOf("s-1", "anthropic:msg_2")], botsNow);
    await stop.run(payload, context);
    expect(waiting(context)).toBe(0);
  });

  it("tries once more when the session ends, whatever happened before", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = toBot(checkout, "http://127.0.0.1:1");
    context.journal().spool.add([aUsageOf("s-1")], botsNow);
    await stop.run(payload, context);
    using back = toBot(checkout, bot.url);

    await deliver("session-end").run(aPayload("session-end"), back);

    expect(waiting(back)).toBe(0);
    expect((await bot.total())?.requests).toBe(1);
  });

  it("is given what the bot refused a day ago once more when a session ends", async () => {
    using checkout = aCheckout();
    await using bot = await listen();
    const hour = 60 * 60_000;
    const early = aTold("f1", { at: botsNow + hour });
    using context = toBot(checkout, bot.url);
    context.journal().spool.add([early], botsNow);

    await deliver("session-end").run(aPayload("session-end"), context);

    expect(context.journal().spool.aside(1)).toMatchObject([{ problem: "at is in the future: is the clock right." }]);
    using nextDay = toBot(checkout, bot.url, at(24 * hour));
    nextDay.journal().spool.add([aTold("f1")], botsNow);
    await deliver("session-end").run(aPayload("session-end"), nextDay);
    expect(nextDay.journal().spool.standing()).toMatchObject({ waiting: 0, aside: 0 });
  });

  it.each<[string, Record<string, string>, string]>([
    ["the token is wrong", { NEXTRUST_API_TOKEN: "another-token-of-more-than-32-characters" }, "does not take this token"],
    ["it would be sent openly", { NEXTRUST_URL: "http://bot.example" }, "has to be https"],
  ])("says when a session starts that %s, and writes it down once", async (_, variables, why) => {
    using checkout = aCheckout();
    await using bot = await listen();
    using context = aContext(checkout, { variables: { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: token, ...variables } });
    context.journal().spool.add([aUsageOf("s-1")], botsNow);

    await stop.run(payload, context);
    const said = await deliverAtStart.run(aPayload("session-start"), context);

    expect(context.notes).toMatchObject([{ message: "nothing could be told", why: expect.stringContaining(why) }]);
    expect(said).toMatchObject({ kind: "tell", text: expect.stringContaining(why) });
    expect(said).toMatchObject({ text: expect.stringContaining("1 event waits in this checkout") });
  });

  it("follows no redirect, and says so", async () => {
    using checkout = aCheckout();
    const elsewhere = await aServer((_, response) => response.end("{}"));
    const bot = await aServer((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
    using context = toBot(checkout, bot.url);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);

    const said = await deliverAtStart.run(aPayload("session-start"), context);

    expect(said).toMatchObject({ text: expect.stringContaining("set NEXTRUST_URL to the bot's own address") });
    expect(elsewhere.asked()).toBe(0);
  });
});

describe("telling this machine's ledger", () => {
  it("writes what was used there, once, and keeps nothing waiting", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { cwd: checkout.path });
    context.journal().spool.add([aUsageOf("s-1"), aTold("f1"), aUsageOf("s-1", "anthropic:msg_2")], botsNow);

    await stop.run(payload, context);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);
    await stop.run(payload, context);

    expect(waiting(context)).toBe(0);
    const book = await readBudgets(join(checkout.path, ".nextrust", "nextrust.db"));
    expect((await book.ledger.sums({}, ["session"])).map(({ requests, group }) => ({ requests, group }))).toEqual([
      { requests: 2, group: ["s-1"] },
    ]);
    book.close();
  });

  it("says which line of the settings it cannot read, and keeps what waits", async () => {
    using checkout = aCheckout();
    checkout.write("config/nextrust.yml", "budgets: {zone: Mars}\n");
    using context = aContext(checkout);
    context.journal().spool.add([aUsageOf("s-1")], botsNow);

    const said = await deliverAtStart.run(aPayload("session-start"), context);

    expect(said).toMatchObject({ text: expect.stringContaining("is not an IANA time zone") });
    expect(waiting(context)).toBe(1);
  });

  it("loads nothing when nothing waits", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout);

    await stop.run(payload, context);

    expect(context.journal().standings.of("s-1")).toMatchObject({ reached: [] });
    expect(checkout.git("status", "--porcelain")).toBe("");
  });
});
