import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServiceError, storage } from "../../../src/errors.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import { aUsage, type Listening, listen, oldToken, token } from "./listening.ts";

let bot: Listening;
beforeAll(async () => {
  bot = await listen();
});
afterAll(() => bot[Symbol.asyncDispose]());

const nothing = { events: [] };

describe("who tells of money", () => {
  it.each<[string, string, number]>([
    ["the token", `Bearer ${token}`, 200],
    ["the one before it, while it is rotated", `bearer ${oldToken}`, 200],
    ["no token", "", 401],
    ["an empty one", "Bearer ", 401],
    ["another", `Bearer ${token.replace("new", "not")}`, 401],
    ["a part of it", `Bearer ${token.slice(0, -1)}`, 401],
    ["more than it", `Bearer ${token}x`, 401],
    ["both at once", `Bearer ${token},${oldToken}`, 401],
    ["another scheme", `Basic ${token}`, 401],
    ["the bare token", token, 401],
  ])("with %s is let in or not", async (_, authorization, status) => {
    const response = await bot.post(nothing, { authorization });

    expect(response.status).toBe(status);
    expect(response.headers.get("www-authenticate")).toBe(status === 401 ? 'Bearer realm="NeXTRust CI"' : null);
    if (status === 401) expect(await response.text()).toContain("NEXTRUST_API_TOKEN");
  });

  it("is told what to set where there is no token, whatever they send", async () => {
    await using locked = await listen({ tokens: [] });

    const response = await locked.post(nothing, { authorization: "Bearer " });

    expect(response.status).toBe(503);
    expect(await response.text()).toBe("Set NEXTRUST_API_TOKEN where the bot runs to let programs in: docs/events.md says how.");
  });

  it("is turned away before anything is read of what they send, and the connection with them", async () => {
    const { status, connection } = await new Promise<{ status?: number | undefined; connection?: string | undefined }>(
      (resolve, reject) => {
        const sending = request(`${bot.url}/v1/events`, {
          method: "POST",
          headers: { "content-type": "application/json", "content-length": 1_000_000, authorization: "Bearer guessed" },
        });
        sending.on("response", ({ statusCode, headers }) => {
          resolve({ status: statusCode, connection: headers.connection });
          sending.destroy();
        });
        sending.on("error", reject);
        sending.write("{");
      },
    );

    expect({ status, connection }).toEqual({ status: 401, connection: "close" });
  });
});

describe("a batch", () => {
  it.each<[string, string, number]>([
    ["no JSON", "{", 400],
    ["a list", "[]", 400],
    ["null", "null", 400],
    ["without events", "{}", 400],
    ["with events that are no list", '{"events":{"length":1}}', 400],
    ["with something beside the events", '{"events":[],"dryRun":true}', 400],
    ["with a prototype beside the events", '{"events":[],"__proto__":{"isAdmin":true}}', 400],
    ["nothing but brackets", "[".repeat(1_000_000), 400],
    ["one too many", JSON.stringify({ events: Array.from({ length: 10_001 }, () => 0) }), 400],
    ["too long", `{"events":["${"x".repeat(5 * 1024 * 1024)}"]}`, 413],
  ])("that is %s is refused as a whole", async (_, body, status) => {
    const response = await bot.post(body);

    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/^(Send |The body could not be taken)/);
  });

  it("that does not say how long it is is cut off when it is too long", async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(32);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(chunk);
      },
    });

    const answered = fetch(`${bot.url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body,
      duplex: "half",
    } as RequestInit).then(
      ({ status }) => status,
      () => "cut off" as const,
    );

    expect([413, "cut off"]).toContain(await answered);
    expect(sent).toBeLessThan(40);
  });

  it("is JSON by its own account", async () => {
    const response = await bot.post(nothing, { "content-type": "text/plain" });

    expect(response.status).toBe(415);
  });

  it("of ten thousand is taken, and of none", async () => {
    const events = Array.from({ length: 10_000 }, (_, index) => ({ type: "settle", id: `s${index}`, reservation: "none" }));

    expect((await bot.post({ events })).status).toBe(200);
    expect(await (await bot.post(nothing)).json()).toMatchObject({ results: [], counts: { recorded: 0, invalid: 0 } });
  });

  it("is asked for again while storage is down, and nothing of it was recorded", async () => {
    const down: Records = {
      transaction: () => Promise.reject(new ServiceError("The database is locked.", { service: storage, retryable: true })),
    };
    await using broken = await listen({ records: down });

    const response = await broken.post({ events: [aUsage()] });

    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await broken.total()).toBeUndefined();
    expect((await broken.get("")).status).toBe(503);
  });
});
